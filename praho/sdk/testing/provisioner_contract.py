"""The contract of a provisioner plugin: subclass it in a test module (see `adapter_contract`)."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from praho.sdk.dto import Secret
from praho.sdk.outcomes import Outcome, Pending, Succeeded
from praho.sdk.provisioners import Account, Capability, CreateRequest, Provisioner
from praho.sdk.testing.adapter_contract import KEY, AdapterContract, Call
from praho.sdk.testing.worlds import World

PASSWORD = "Contract-parolă-123"  # noqa: S105


class ProvisionerContract(AdapterContract):
    """What every provisioner plugin promises."""

    package: ClassVar[str] = "start"
    """A plan that the world has."""

    def request(self) -> CreateRequest:
        """Return a request that a healthy provider accepts."""
        return CreateRequest("contract.ro", self.package, "ana@exemplu.ro", Secret(PASSWORD))

    def readings(self) -> Mapping[str, Call]:
        """See `AdapterContract.readings`."""
        return {Capability.FIND_ACCOUNT: lambda adapter: adapter.find_account(KEY)}

    def change(self) -> tuple[str, Callable[[Any, str], Outcome[Any]]]:
        """See `AdapterContract.change`."""
        return Capability.CREATE_ACCOUNT, lambda adapter, key: adapter.create_account(self.request(), key)

    def find(self, adapter: Any, key: str) -> Account | None:
        """See `AdapterContract.find`."""
        found: Account | None = adapter.find_account(key)
        return found

    def secrets_of_the_change(self) -> frozenset[str]:
        """See `AdapterContract.secrets_of_the_change`."""
        return frozenset({PASSWORD})

    def test_a_created_account_is_found_by_its_key(self, world: World, settings: object) -> None:
        """What was created is what is found, and it can be signed in to."""
        provisioner = self._provisioner(settings)
        outcome = provisioner.create_account(self.request(), KEY)
        assert isinstance(outcome, Succeeded | Pending)
        if isinstance(outcome, Succeeded):
            created = outcome.value
            assert provisioner.find_account(KEY) == created.account
            assert created.account.username
            assert created.password.reveal()
            assert created.account.created_at.utcoffset() is not None

    def test_an_account_of_nobody_is_none(self, world: World, settings: object) -> None:
        """That nothing was created under a key is an answer, not an error."""
        assert self._provisioner(settings).find_account("contract-key-nobody-used") is None

    def _provisioner(self, settings: object) -> Provisioner[Any]:
        adapter = self.build(settings)
        assert isinstance(adapter, Provisioner)
        return adapter
