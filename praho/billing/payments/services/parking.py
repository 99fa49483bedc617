"""Money that matches nothing safely: kept with its facts, listed for staff, never lost and never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.dialects.postgresql import insert

from praho.audit.services import recording
from praho.billing.payments import repos
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.ids import new_public_id
from praho.core.principal import current_principal
from praho.models.billing.payments import ParkedPayment, ParkedState


class Reason(StrEnum):
    """Why money was parked."""

    UNKNOWN_ATTEMPT = "unknown_attempt"
    ALREADY_PAID = "already_paid"
    NOT_OPEN = "not_open"
    AMOUNT = "amount"
    CURRENCY = "currency"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the money; amounts in minor units."""

    reason: Reason
    account_id: int | None = None
    external_id: str | None = None
    customer_id: int | None = None
    attempt_id: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    details: Mapping[str, str] | None = None


def park(facts: Facts) -> str:
    """Keep the money once for each external id, inside the caller's transaction; return the public id."""
    session = require_unit_of_work().session
    statement = (
        insert(ParkedPayment)
        .values(
            public_id=new_public_id("prk"),
            account_id=facts.account_id,
            external_id=facts.external_id,
            customer_id=facts.customer_id,
            attempt_public_id=facts.attempt_id,
            amount_minor=facts.amount_minor,
            currency=facts.currency,
            reason=facts.reason.value,
            facts=dict(facts.details or {}),
            state=ParkedState.OPEN,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["account_id", "external_id"])
        .returning(ParkedPayment.public_id)
    )
    public_id = session.scalar(statement)
    if public_id is None:
        existing = locked(facts.account_id, facts.external_id)
        assert existing is not None
        return existing.public_id
    recording.record(
        "payment.parked",
        subject=("parked_payment", public_id),
        customer_id=facts.customer_id,
        changes={"reason": [None, facts.reason.value], "amount_minor": [None, facts.amount_minor]},
    )
    return public_id


def locked(account_id: int | None, external_id: str | None) -> ParkedPayment | None:
    """Return what is parked under a provider's own id, locked, or None. Needs a unit of work."""
    found = None if external_id is None else repos.parked_by_external_id(account_id, external_id)
    return None if found is None else locking.lock_one(ParkedPayment, found.id)


def resolve(public_id: str, resolution: str) -> None:
    """Close a parked payment with what staff did about it; raises Conflict where it is closed already."""
    with unit_of_work():
        close(still_open(public_id), resolution)


def still_open(public_id: str) -> ParkedPayment:
    """Lock parked money that nobody has dealt with; raises NotFound, Conflict. Needs a unit of work."""
    found = repos.parked(public_id)
    row = None if found is None else locking.lock_one(ParkedPayment, found.id)
    if row is None:
        raise NotFound(_("This parked payment does not exist."))
    if row.state is not ParkedState.OPEN:
        raise Conflict(_("This parked payment was dealt with already."))
    return row


def close(row: ParkedPayment, resolution: str) -> None:
    """Close locked money with what was done about it, by whoever acts. Needs a unit of work."""
    row.state = ParkedState.RESOLVED
    row.resolution = resolution
    row.resolved_by = current_principal().user_id
    row.resolved_at = clock.now()
    recording.record(
        "payment.unparked",
        subject=("parked_payment", row.public_id),
        customer_id=row.customer_id,
        changes={"resolution": [None, resolution]},
    )
