"""A registrar and a provisioner that reach the sandbox's world but promise nothing about idempotency keys."""

from praho.sdk import provisioners, registrars
from praho.sdk.outcomes import Outcome, Pending
from praho.sdk.plugin import Plugin
from praho.sdk.registrars import RegisterRequest, Registration
from praho_sandbox.provisioner import SandboxProvisioner
from praho_sandbox.registrar import SandboxRegistrar
from praho_sandbox.settings import SandboxSettings

_ALL_REGISTRAR = frozenset(registrars.Capability)
_ALL_PROVISIONER = frozenset(provisioners.Capability)


class SlowRegistrar(SandboxRegistrar):
    """Carries every registration out, and says that it will."""

    def register(self, request: RegisterRequest, idempotency_key: str) -> Outcome[Registration]:
        super().register(request, idempotency_key)
        return Pending(reference="queue-17", check_after_seconds=30)


class BrokenRegistrar(SandboxRegistrar):
    """Breaks down in its own code."""

    def register(self, request: RegisterRequest, idempotency_key: str) -> Outcome[Registration]:
        raise ZeroDivisionError(f"with {self.settings.api_key} in the text")


class SenselessRegistrar(SandboxRegistrar):
    """Gives back something that is no outcome."""

    def register(self, request: RegisterRequest, idempotency_key: str) -> Outcome[Registration]:
        return {"status": "done"}  # type: ignore[return-value]


def _registrar(name: str, adapter: type[SandboxRegistrar]) -> Plugin[SandboxRegistrar]:
    return Plugin(
        name=name,
        version="1",
        title=name,
        adapter=adapter,
        settings=SandboxSettings,
        capabilities=_ALL_REGISTRAR - {registrars.Capability.IDEMPOTENT_REGISTER},
    )


KEYLESS = _registrar("keyless", SandboxRegistrar)
SLOW = _registrar("slow", SlowRegistrar)
BROKEN = _registrar("broken", BrokenRegistrar)
SENSELESS = _registrar("senseless", SenselessRegistrar)
KEYLESS_HOSTING = Plugin(
    name="keyless",
    version="1",
    title="keyless",
    adapter=SandboxProvisioner,
    settings=SandboxSettings,
    capabilities=_ALL_PROVISIONER - {provisioners.Capability.IDEMPOTENT_CREATE},
)
