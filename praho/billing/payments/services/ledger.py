"""The customer's account: what documents ask for and what money, credit and write-offs take from it."""

from datetime import date

from praho.core import clock
from praho.core.db.uow import require_unit_of_work
from praho.models.billing.documents import Document
from praho.models.billing.payments import LedgerEntry, LedgerKind


def book(document: Document) -> None:
    """Enter an invoice or a credit note; once for each, by its UNIQUE reference."""
    enter(
        LedgerKind(document.kind.value),
        document.public_id,
        document.customer_id,
        document.total_minor,
        document.currency,
        document.issue_date,
    )


def enter(
    kind: LedgerKind, reference: str, customer_id: int, amount_minor: int, currency: str, booked_on: date
) -> None:
    """Enter what the customer owes from now on (positive), or owes no more (negative), in minor units."""
    require_unit_of_work().session.add(
        LedgerEntry(
            customer_id=customer_id,
            kind=kind,
            reference=reference,
            amount_minor=amount_minor,
            currency=currency,
            booked_on=booked_on,
            created_at=clock.now(),
        )
    )
