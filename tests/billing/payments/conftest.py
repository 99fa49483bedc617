"""What the tests of payments share: a seller, a buyer with a proforma, and the sandbox's bank."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from praho.integrations.services import loading
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount
from praho_sandbox.testing import SandboxWorld
from tests.factories import billing, customers, providers
from tests.integrations.installing import install


@pytest.fixture
def bank(sandbox: SandboxWorld) -> SandboxWorld:
    """The sandbox's bank, which reports nothing by itself: the tests say what arrives, and when."""
    sandbox.arm("webhook", "never", times=1000)
    return sandbox


@pytest.fixture
def account(bank: SandboxWorld) -> ProviderAccount:
    """Our account at the bank."""
    return providers.make_payment_account(bank)


@pytest.fixture
def buyer() -> Customer:
    """A company that may be invoiced."""
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def proforma(buyer: Customer) -> str:
    """An open proforma of 121 RON."""
    return billing.make_proforma(buyer)


@pytest.fixture
def install_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Install a payment plugin of `tests.billing.payments.instant`; undone after the test."""

    def add(attribute: str) -> None:
        target = f"tests.billing.payments.instant:{attribute}"
        install(
            monkeypatch,
            tmp_path / attribute,
            group="praho.payment_providers",
            target=target,
            name=attribute.lower(),
        )
        loading.load_plugins()

    yield add
    monkeypatch.undo()
    loading.load_plugins()
