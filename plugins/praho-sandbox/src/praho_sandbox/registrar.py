"""The sandbox as a registrar."""

from collections.abc import Sequence
from dataclasses import asdict
from urllib.parse import quote

from praho.sdk.answers import Answer
from praho.sdk.context import PluginContext
from praho.sdk.dto import ConnectionReport
from praho.sdk.errors import OutcomeUnknown, ProviderRefused
from praho.sdk.outcomes import Outcome, Reason, Rejected, Succeeded
from praho.sdk.registrars import (
    Availability,
    AvailabilityStatus,
    RegisterRequest,
    Registrar,
    Registration,
)
from praho_sandbox.client import SandboxClient
from praho_sandbox.settings import SandboxSettings
from praho_sandbox.wording import _


class SandboxRegistrar(Registrar[SandboxSettings]):
    """Registers names in the sandbox world."""

    def __init__(self, settings: SandboxSettings, context: PluginContext) -> None:
        super().__init__(settings, context)
        self._client = SandboxClient(settings, context)

    def test_connection(self) -> ConnectionReport:
        """See `Adapter.test_connection`."""
        return self._client.report()

    def check_availability(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """See `Registrar.check_availability`."""
        answer = self._client.post("/v1/domains/check", {"names": list(names)})
        found = tuple(_availability(item) for item in answer.children("domains"))
        if [item.name for item in found] != list(names):
            raise OutcomeUnknown("the sandbox answered for other names than it was asked for")
        return found

    def register(self, request: RegisterRequest, idempotency_key: str) -> Outcome[Registration]:
        """See `Registrar.register`."""
        body = {
            "name": request.name,
            "years": request.years,
            "registrant": asdict(request.registrant),
            "nameservers": list(request.nameservers),
        }
        try:
            answer = self._client.post("/v1/domains", body, idempotency_key)
        except ProviderRefused as refusal:
            if refusal.reason is not Reason.TAKEN:
                raise
            taken = _("The domain %(name)s has been registered by somebody else.", name=request.name)
            return Rejected(Reason.TAKEN, refusal.staff_text, taken)
        return Succeeded(_registration(answer.child("domain")))

    def get_info(self, name: str) -> Registration | None:
        """See `Registrar.get_info`."""
        try:
            answer = self._client.get(f"/v1/domains/{quote(name)}")
        except ProviderRefused as refusal:
            if refusal.reason is Reason.NOT_FOUND:
                return None
            raise
        return _registration(answer.child("domain"))


def _availability(item: Answer) -> Availability:
    premium = item.boolean("premium")
    price = item.child("price").money("amount", "currency") if premium else None
    return Availability(item.text("name"), item.choice("status", AvailabilityStatus), premium, price)


def _registration(domain: Answer) -> Registration:
    return Registration(
        name=domain.text("name"),
        external_id=domain.text("id"),
        registered_at=domain.instant("registered_at"),
        expires_at=domain.instant("expires_at"),
        nameservers=domain.texts("nameservers"),
        idempotency_key=domain.text("key"),
    )
