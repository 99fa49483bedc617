"""A payment provider that takes the money at once, as one with a stored card does, through the sandbox's world."""

import httpx

from praho.sdk import payments
from praho.sdk.dto import PaymentStatus
from praho.sdk.outcomes import NeedsAction, Outcome, Succeeded
from praho.sdk.payments import StartRequest
from praho.sdk.plugin import Plugin
from praho_sandbox.payments import SandboxPaymentProvider
from praho_sandbox.settings import SandboxPaymentSettings


class InstantProvider(SandboxPaymentProvider):
    """Starts a payment and pays it in one call."""

    def start(self, request: StartRequest, idempotency_key: str) -> Outcome[PaymentStatus]:
        started = super().start(request, idempotency_key)
        assert isinstance(started, NeedsAction)
        body = {"key": idempotency_key, "failure": ""}
        httpx.post(f"{self.settings.base_url}/__pay__", json=body, trust_env=False).raise_for_status()
        paid = self.lookup(idempotency_key)
        assert paid is not None
        return Succeeded(paid)


INSTANT = Plugin(
    name="instant",
    version="1",
    title="Instant",
    adapter=InstantProvider,
    settings=SandboxPaymentSettings,
    capabilities=frozenset(payments.Capability),
)
KEYLESS = Plugin(
    name="keyless",
    version="1",
    title="Keyless",
    adapter=SandboxPaymentProvider,
    settings=SandboxPaymentSettings,
    capabilities=frozenset(payments.Capability) - {payments.Capability.IDEMPOTENT_START},
)
