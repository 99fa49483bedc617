"""Writing an audit event, in the transaction of the command that it tells about."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import insert

from praho.audit.services import sealing
from praho.core import clock, masking
from praho.core.db.uow import require_unit_of_work
from praho.core.ids import new_public_id
from praho.core.principal import current_principal
from praho.core.request_id import current_request_id
from praho.models.audit import AuditEvent


def record(
    action: str,
    *,
    subject: tuple[str, str],
    customer_id: int | None = None,
    changes: Mapping[str, Sequence[object]] | None = None,
) -> None:
    """Record that whoever acts did `action` (`customers.profile.change`) to `subject` (kind, public id).

    `customer_id` is whose data it was, the customer at hand where None. `changes` maps a field to `[old, new]`;
    values of fields with a secret's name are masked, like everything that looks like a personal code. Call it
    once for each business command, inside its unit of work: they are kept or lost together.
    """
    principal = current_principal()
    values: dict[str, Any] = {
        "public_id": new_public_id("evt"),
        "at": clock.now(),
        "actor_kind": principal.kind.value,
        "actor_id": principal.user_id,
        "actor_name": principal.name,
        "customer_id": principal.customer_id if customer_id is None else customer_id,
        "action": action,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "changes": masked(changes or {}),
        "request_id": current_request_id(),
        "ip": principal.ip,
    }
    session = require_unit_of_work().session
    # No RETURNING: the portal's role may write events and read none.
    session.execute(insert(AuditEvent).inline().values(**values, mac=sealing.seal(values)))


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """Return `{field: [old, new]}` for the fields that differ; `after` names the fields that count."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def masked(changes: Mapping[str, Sequence[object]]) -> dict[str, Any]:
    """Return the changes as JSON values, without secrets."""
    return {name: _hide(name, values) for name, values in changes.items()}


def _hide(name: str, values: Sequence[object]) -> list[Any]:
    # Under a secret's name, that something was there and that it changed is all that may be told.
    if masking.is_secret_name(name):
        return [None if value is None else masking.HIDDEN for value in values]
    return [masking.value(_plain(value)) for value in values]


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return str(value)
