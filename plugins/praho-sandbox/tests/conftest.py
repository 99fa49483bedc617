"""One world for each worker, emptied before each test; a shop that receives its webhooks."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from praho.sdk.money import Money
from praho.sdk.payments import StartRequest
from praho.sdk.testing.contexts import StandingClock, closed_address, plugin_context
from praho.sdk.testing.fake_server import FakeAnswer, FakeRequest, FakeServer
from praho.sdk.testing.faults import SLOW_ANSWER_SECONDS, Fault, WebhookFault
from praho_sandbox import plugin, testing
from praho_sandbox.payments import SandboxPaymentProvider
from praho_sandbox.provisioner import SandboxProvisioner
from praho_sandbox.registrar import SandboxRegistrar
from praho_sandbox.settings import SandboxPaymentSettings, SandboxSettings
from praho_sandbox.testing import SandboxWorld
from praho_sandbox.world import signing

OPERATIONS = {
    "test_connection": "connection.test",
    "check_availability": "domains.check",
    "register": "domains.register",
    "get_info": "domains.get",
    "create_account": "accounts.create",
    "find_account": "accounts.find",
    "start": "payments.start",
    "lookup": "payments.lookup",
}
THINGS = {
    "register": SandboxWorld.domains,
    "create_account": SandboxWorld.accounts,
    "start": SandboxWorld.payments,
}
REPORT = (
    b'{"id": "evt_1", "type": "payment.updated", "created_at": "2026-03-02T09:30:00+00:00", "payment":'
    b' {"id": "pay_1", "key": "att_1", "merchant": "praho-demo", "amount": 19999, "currency": "RON",'
    b' "state": "succeeded", "failure": null, "changed_at": "2026-03-02T09:30:00+00:00"}}'
)


class ContractWorld:
    """The sandbox's world in the words of the contract suites."""

    def __init__(self, sandbox: SandboxWorld) -> None:
        self.sandbox = sandbox
        self._fault = 0

    def arm(self, operation: str, fault: Fault) -> None:
        mode = "refuse" if fault is Fault.REFUSED else fault.value
        self._fault = self.sandbox.arm(OPERATIONS[operation], mode, delay=SLOW_ANSWER_SECONDS)

    def fired(self) -> bool:
        return self.sandbox.fired(self._fault)

    def count(self, operation: str, key: str) -> int:
        return sum(thing["key"] == key for thing in THINGS[operation](self.sandbox))

    def webhook(self, sent_at: datetime, fault: WebhookFault | None) -> tuple[dict[str, str], bytes]:
        secret = self.sandbox.webhook_secret
        body = b'{"id": "evt_1"}' if fault is WebhookFault.NONSENSE else REPORT
        signed_with = f"not {secret}" if fault is WebhookFault.FORGED else secret
        headers = signing.signed_headers(signed_with, body, sent_at)
        if fault is WebhookFault.UNSIGNED:
            del headers[signing.SIGNATURE_HEADER]
        if fault is WebhookFault.TAMPERED:
            body = body.replace(b"19999", b"19998")
        return {name.lower(): value for name, value in headers.items()}, body


class Shop(FakeServer):
    """Where webhooks arrive: it answers with the statuses that a test put into `answers`, then with 204."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[int] = []
        self._arrived = threading.Condition()

    @property
    def webhook_url(self) -> str:
        return f"{self.url}/webhooks/payments/acc_1?from=sandbox"

    def operation(self, request: FakeRequest) -> str:
        return "webhook"

    def handle(self, request: FakeRequest) -> FakeAnswer:
        with self._arrived:
            self._arrived.notify_all()
        return FakeAnswer(self.answers.pop(0) if self.answers else 204, b"")

    def count(self, operation: str, key: str) -> int:
        return len(self.requests)

    def received(self, number: int) -> list[FakeRequest]:
        """Return the webhooks, once there are as many as expected."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.requests) >= number, 10), self.requests
        return self.requests


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as running:
        yield running


@pytest.fixture(scope="session")
def running_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxWorld]:
    with testing.running(tmp_path_factory.mktemp("world") / "world.sqlite3") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_world: SandboxWorld) -> SandboxWorld:
    running_world.reset()
    return running_world


@pytest.fixture
def world(sandbox: SandboxWorld) -> ContractWorld:
    return ContractWorld(sandbox)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "world.sqlite3"


@pytest.fixture
def api_settings(running_world: SandboxWorld) -> SandboxSettings:
    return SandboxSettings(base_url=running_world.url, api_key="sandbox-api-key")


@pytest.fixture
def payment_settings(running_world: SandboxWorld) -> SandboxPaymentSettings:
    return SandboxPaymentSettings(
        base_url=running_world.url,
        api_key="sandbox-api-key",
        webhook_secret=running_world.webhook_secret,
    )


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> SandboxSettings:
    """The values that the plugin of the test class takes."""
    kind = request.cls.plugin.settings if request.cls is not None else SandboxSettings
    name = "payment_settings" if kind is SandboxPaymentSettings else "api_settings"
    values = request.getfixturevalue(name)
    assert isinstance(values, SandboxSettings)
    return values


@pytest.fixture
def registrar(sandbox: SandboxWorld, api_settings: SandboxSettings) -> SandboxRegistrar:
    return plugin.REGISTRAR.build(api_settings, plugin_context(api_settings))


@pytest.fixture
def provisioner(sandbox: SandboxWorld, api_settings: SandboxSettings) -> SandboxProvisioner:
    return plugin.PROVISIONER.build(api_settings, plugin_context(api_settings))


@pytest.fixture
def bank(sandbox: SandboxWorld, payment_settings: SandboxPaymentSettings) -> SandboxPaymentProvider:
    context = replace(plugin_context(payment_settings), clock=StandingClock(datetime.now(UTC)))
    return plugin.PAYMENT_PROVIDER.build(payment_settings, context)


@pytest.fixture
def payment(shop: Shop) -> StartRequest:
    """A payment whose webhooks come to the shop."""
    return StartRequest(
        amount=Money(19_999, "RON"),
        description="Proforma 12",
        locale="ro",
        payer_name="Ana Șerban",
        payer_email="ana@exemplu.ro",
        return_url="http://127.0.0.1:1/return?attempt=1",
        webhook_url=shop.webhook_url,
    )


@pytest.fixture
def unreachable_settings(settings: SandboxSettings) -> SandboxSettings:
    return replace(settings, base_url=closed_address())
