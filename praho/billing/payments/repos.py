"""Every query about payments, attempts, allocations and parked money."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document, DocumentLine
from praho.models.billing.payments import (
    OPEN_ATTEMPTS,
    ParkedPayment,
    ParkedState,
    Payment,
    PaymentAllocation,
    PaymentAttempt,
)


def attempt(public_id: str) -> PaymentAttempt | None:
    """Return an attempt of the scope, or None."""
    return session().scalar(select(PaymentAttempt).where(PaymentAttempt.public_id == public_id))


def open_attempt(document_id: int) -> PaymentAttempt | None:
    """Return the attempt of a proforma that is not decided yet, or None."""
    return session().scalar(
        select(PaymentAttempt).where(PaymentAttempt.document_id == document_id, PaymentAttempt.state.in_(OPEN_ATTEMPTS))
    )


def attempts_of(document_id: int) -> list[PaymentAttempt]:
    """Return the attempts of a proforma, the newest first."""
    statement = select(PaymentAttempt).where(PaymentAttempt.document_id == document_id)
    return list(session().scalars(statement.order_by(PaymentAttempt.id.desc())))


def attempts_to_ask(now: datetime, limit: int) -> list[PaymentAttempt]:
    """Return open attempts about which the provider is to be asked by `now`, the longest due first."""
    statement = select(PaymentAttempt).where(PaymentAttempt.state.in_(OPEN_ATTEMPTS), PaymentAttempt.ask_at <= now)
    return list(session().scalars(statement.order_by(PaymentAttempt.ask_at).limit(limit)))


def payment_by_external_id(account_id: int, external_id: str) -> Payment | None:
    """Return the payment that a provider's own id stands for, or None."""
    return session().scalar(select(Payment).where(Payment.account_id == account_id, Payment.external_id == external_id))


def document(document_id: int) -> Document:
    """Return the document of an attempt or an allocation, which is always there."""
    return session().get_one(Document, document_id)


def payments_of(document_id: int) -> list[tuple[Payment, int]]:
    """Return the payments allocated to a document, each with the amount allocated, the oldest first."""
    statement = (
        select(Payment, PaymentAllocation.amount_minor)
        .join(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .where(PaymentAllocation.document_id == document_id)
        .order_by(Payment.id)
    )
    return [(payment, allocated) for payment, allocated in session().execute(statement)]


def documents_by_payment(payment_ids: Sequence[int]) -> dict[int, list[Document]]:
    """Return the documents that some payments settle, by payment."""
    statement = (
        select(PaymentAllocation.payment_id, Document)
        .join(Document, PaymentAllocation.document_id == Document.id)
        .where(PaymentAllocation.payment_id.in_(payment_ids))
        .order_by(Document.id)
    )
    found: dict[int, list[Document]] = {}
    for payment_id, document_row in session().execute(statement):
        found.setdefault(payment_id, []).append(document_row)
    return found


def lines_of(document_id: int) -> list[DocumentLine]:
    """Return a document's lines in their order."""
    statement = select(DocumentLine).where(DocumentLine.document_id == document_id)
    return list(session().scalars(statement.order_by(DocumentLine.position)))


def listed(cursor: str | None) -> Page[Payment]:
    """Return a page of the scope's payments, the newest first."""
    return page_of(select(Payment), [Payment.id], cursor)


def history(customer_id: int, before: datetime | None, limit: int) -> list[Payment]:
    """Return a customer's payments recorded up to and with an instant, the newest first."""
    statement = select(Payment).where(Payment.customer_id == customer_id)
    if before is not None:
        statement = statement.where(Payment.created_at <= before)
    return list(session().scalars(statement.order_by(Payment.created_at.desc(), Payment.id.desc()).limit(limit)))


def parked(public_id: str) -> ParkedPayment | None:
    """Return a parked payment, or None."""
    return session().scalar(select(ParkedPayment).where(ParkedPayment.public_id == public_id))


def parked_by_external_id(account_id: int | None, external_id: str) -> ParkedPayment | None:
    """Return what is parked under a provider's own id, or None."""
    return session().scalar(
        select(ParkedPayment).where(ParkedPayment.account_id == account_id, ParkedPayment.external_id == external_id)
    )


def parked_of_attempt(attempt_id: str) -> ParkedPayment | None:
    """Return money of an attempt that waits for a decision, or None."""
    return session().scalar(
        select(ParkedPayment)
        .where(ParkedPayment.attempt_public_id == attempt_id, ParkedPayment.state == ParkedState.OPEN)
        .limit(1)
    )


def parked_listed(state: ParkedState, cursor: str | None) -> Page[ParkedPayment]:
    """Return a page of parked payments, the newest first."""
    return page_of(select(ParkedPayment).where(ParkedPayment.state == state), [ParkedPayment.id], cursor)
