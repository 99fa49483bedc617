"""What the record forgets: names, addresses and values that say who somebody was; what was done, and when, it keeps.

The table is append-only even for staff's role. One function of the database takes values away, and nothing else; the
seal of each event is made anew, so that the record stays intact.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from praho.audit.services import sealing
from praho.audit.types import ERASED
from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, TableRule, Treatment
from praho.core.principal import ActorKind
from praho.models.audit import AuditEvent

_BATCH = 500
SAY_NOTHING = frozenset(
    {
        "active", "advance", "amount_minor", "billing", "country", "currency", "cycle", "how", "item_count",
        "items", "kind", "live", "locale", "number", "percent", "plan", "plugin", "proforma", "request",
        "revealed_at", "role", "sessions", "sessions_ended", "state", "technical", "total_minor", "vat_payer",
        "with_domains", "years",
    }
)  # fmt: skip
"""Fields of `changes` that are kept: states, numbers, amounts. Whatever else there is may tell who somebody was."""


def wipe(whom: Forgotten) -> int:
    """Take from the events about somebody, and by them, what says who they were; return how many there are."""
    number, last = 0, 0
    while True:
        events = session().scalars(
            select(AuditEvent).where(rows(whom), AuditEvent.id > last).order_by(AuditEvent.id).limit(_BATCH)
        )
        batch = list(events)
        if not batch:
            return number
        wiped = [_wiped(event, whom) for event in batch]
        session().execute(select(func.audit_wipe(cast(wiped, JSONB))))
        number, last = number + len(batch), batch[-1].id


def rows(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether an event is about a customer or its people, or was done by them."""
    return or_(
        AuditEvent.customer_id == whom.customer_id,
        AuditEvent.actor_id.in_(whom.user_ids),
        and_(AuditEvent.subject_kind == "user", AuditEvent.subject_id.in_(whom.user_refs)),
    )


def _wiped(event: AuditEvent, whom: Forgotten) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(event, name) for name in sealing.SEALED}
    values["changes"] = _without_values(event.changes)
    if event.actor_kind != ActorKind.STAFF:
        values["ip"] = None
    if event.actor_id in whom.user_ids:
        values["actor_name"] = ERASED
    changed = {name: values[name] for name in ("actor_name", "changes", "ip")}
    # A row that somebody altered stays a row that gives itself away.
    return {"id": event.id, **changed, "mac": sealing.seal(values) if sealing.is_intact(event) else event.mac}


def _without_values(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: values if name in SAY_NOTHING else [None if value is None else ERASED for value in values]
        for name, values in changes.items()
    }


RULES = (
    TableRule(
        model=AuditEvent,
        treatment=Treatment.PSEUDONYMISE,
        what=_("The record of what was done: names, values and network addresses"),
        rows=rows,
        columns=("actor_name", "changes", "ip", "mac"),
        plain=("actor_kind", "action", "subject_kind", "subject_id", "request_id"),
        run=wipe,
    ),
)
