"""What is asked of registrars, and the check that their answers make sense."""

from collections.abc import Sequence
from typing import Any

from praho.sdk.errors import OutcomeUnknown
from praho.sdk.outcomes import Outcome, Succeeded, Unknown
from praho.sdk.registrars import Availability, RegisterRequest, Registrar, Registration

NAMES_A_CALL = 50


def register(adapter: Registrar[Any], request: RegisterRequest, key: str) -> Outcome[Registration]:
    """Register a name; a success about another name, or without an end, is none that can be believed."""
    outcome = adapter.register(request, key)
    if isinstance(outcome, Succeeded):
        nonsense = _nonsense(outcome.value, request.name)
        if nonsense:
            return Unknown(nonsense)
    return outcome


def find(adapter: Registrar[Any], name: str, keys: Sequence[str]) -> Registration | None:
    """Return the registration of a name where one of our keys made it, as far as the registrar keeps keys."""
    found = adapter.get_info(name)
    if found is None:
        return None
    nonsense = _nonsense(found, name)
    if nonsense:
        raise OutcomeUnknown(nonsense)
    return found if found.idempotency_key in ("", *keys) else None


def check(adapter: Registrar[Any], names: Sequence[str]) -> dict[str, Availability]:
    """Return what the registrar says of names; those of which it says nothing are missing."""
    answers: list[Any] = []
    for start in range(0, len(names), NAMES_A_CALL):
        answers += adapter.check_availability(names[start : start + NAMES_A_CALL])
    return {answer.name: answer for answer in answers if isinstance(answer, Availability) and answer.name in names}


def _nonsense(found: object, name: str) -> str:
    if not isinstance(found, Registration):
        return f"the plugin answered with {type(found).__name__} instead of a registration"
    if found.name != name:
        return f"the registrar answered for {found.name} instead of {name}"
    if found.expires_at <= found.registered_at:
        return f"the registrar says that {name} expired before it was registered"
    return ""
