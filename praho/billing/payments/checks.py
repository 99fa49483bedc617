"""What must agree, as queries: documents, money and ledger of every customer, to the ban."""

from typing import Any

from sqlalchemy import Select, case, delete, func, literal, select, union_all
from sqlalchemy.orm import aliased

from praho.core.db.scope import session
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.payments import (
    LedgerEntry,
    LedgerFinding,
    Payment,
    PaymentAllocation,
    Refund,
    WriteOff,
)
from praho.models.customers import Customer

_FREED = (DocumentState.CANCELLED, DocumentState.LAPSED)


def disagreements() -> list[dict[str, Any]]:
    """Return everything that does not agree, as the values of findings; none is the rule. Seven queries."""
    found = []
    for what, statement in (
        ("balance", _balances()),
        ("payment", _overused_payments()),
        ("credit_note", _overused_credit_notes()),
        ("refund", _refunds()),
        ("settled", _settled()),
        ("state", _states()),
        ("asked", _not_asked()),
    ):
        for customer_id, subject, expected, real in session().execute(statement):
            found.append(
                {
                    "customer_id": customer_id,
                    "what": what,
                    "subject": subject,
                    "expected_minor": int(expected),
                    "found_minor": int(real),
                }
            )
    return found


def forget_findings() -> None:
    """Delete what the last check found. Needs a unit of work."""
    session().execute(delete(LedgerFinding))


def customers_with_findings() -> list[str]:
    """Return the names of the customers of whom the last check found something wrong."""
    statement = select(Customer.name).where(Customer.id.in_(select(LedgerFinding.customer_id)))
    return list(session().scalars(statement.order_by(Customer.name)))


def findings() -> list[tuple[LedgerFinding, str, str]]:
    """Return what the last check found, each with the customer's public id and name."""
    statement = select(LedgerFinding, Customer.public_id, Customer.name).join(
        Customer, Customer.id == LedgerFinding.customer_id
    )
    rows = session().execute(statement.order_by(Customer.name, LedgerFinding.id))
    return [(finding, public_id, name) for finding, public_id, name in rows]


def _balances() -> Select[Any]:
    """Documents - payments + refunds - write-offs against the ledger, for each customer and currency."""
    none = literal(0)
    moves = union_all(
        select(
            LedgerEntry.customer_id,
            LedgerEntry.currency,
            none.label("expected"),
            LedgerEntry.amount_minor.label("real"),
        ),
        select(Document.customer_id, Document.currency, Document.total_minor, none).where(
            Document.kind != DocumentKind.PROFORMA
        ),
        select(Payment.customer_id, Payment.currency, -Payment.amount_minor, none),
        select(Refund.customer_id, Refund.currency, Refund.amount_minor, none),
        select(WriteOff.customer_id, WriteOff.currency, -WriteOff.amount_minor, none).where(
            WriteOff.undone_at.is_(None)
        ),
    ).subquery()
    expected, real = func.sum(moves.c.expected), func.sum(moves.c.real)
    grouped = select(moves.c.customer_id, moves.c.currency, expected, real)
    return grouped.group_by(moves.c.customer_id, moves.c.currency).having(expected != real)


def _overused_payments() -> Select[Any]:
    """Payments of which more was given away than came."""
    given = _given_from(PaymentAllocation.payment_id)
    return (
        select(Payment.customer_id, Payment.public_id, Payment.amount_minor, given.c.minor)
        .join(given, given.c.source_id == Payment.id)
        .where(given.c.minor > Payment.amount_minor)
    )


def _overused_credit_notes() -> Select[Any]:
    """Credit notes of which more was given away than they give back."""
    given = _given_from(PaymentAllocation.credit_note_id)
    return (
        select(Document.customer_id, Document.public_id, -Document.total_minor, given.c.minor)
        .join(given, given.c.source_id == Document.id)
        .where(given.c.minor > -Document.total_minor)
    )


def _given_from(source: Any) -> Any:
    """What was given away of each source; what was given to a proforma that ended unpaid is free again."""
    counts = case((Document.state.in_(_FREED), 0), else_=PaymentAllocation.amount_minor)
    return (
        select(source.label("source_id"), func.sum(counts).label("minor"))
        .select_from(PaymentAllocation)
        .outerjoin(Document, Document.id == PaymentAllocation.document_id)
        .where(source.is_not(None))
        .group_by(source)
        .subquery()
    )


def _refunds() -> Any:
    """Refunds that were not taken, to the ban, from payments and credit notes."""
    taken = func.coalesce(func.sum(PaymentAllocation.amount_minor), 0)
    return (
        select(Refund.customer_id, Refund.public_id, Refund.amount_minor, taken)
        .outerjoin(PaymentAllocation, PaymentAllocation.refund_id == Refund.id)
        .group_by(Refund.id)
        .having(Refund.amount_minor != taken)
    )


def _settled() -> Any:
    """Documents whose note of what is settled differs from what was given to them and written off."""
    parts = union_all(
        select(PaymentAllocation.document_id, PaymentAllocation.amount_minor).where(
            PaymentAllocation.document_id.is_not(None)
        ),
        select(WriteOff.document_id, WriteOff.amount_minor).where(WriteOff.undone_at.is_(None)),
    ).subquery()
    sums = select(parts.c.document_id, func.sum(parts.c.amount_minor).label("minor")).group_by(parts.c.document_id)
    given = sums.subquery()
    real = func.coalesce(given.c.minor, 0)
    return (
        select(Document.customer_id, Document.public_id, real, Document.settled_minor)
        .outerjoin(given, given.c.document_id == Document.id)
        .where(Document.settled_minor != real)
    )


def _states() -> Any:
    """Proformas that are paid and not settled, or open with nothing left to pay."""
    paid = Document.state == DocumentState.PAID
    settled = Document.settled_minor == Document.total_minor
    is_wrong = (paid & ~settled) | ((Document.state == DocumentState.OPEN) & settled & (Document.total_minor > 0))
    return select(Document.customer_id, Document.public_id, Document.total_minor, Document.settled_minor).where(
        Document.kind == DocumentKind.PROFORMA, is_wrong
    )


def _not_asked() -> Any:
    """Invoices of which something is left that no proforma asks for, so that nobody could pay it."""
    source = aliased(Document)
    asked = case((source.state.in_(_FREED), 0), else_=source.total_minor)
    by_proforma = source.kind == DocumentKind.PROFORMA
    rest = Document.total_minor - case((by_proforma, asked), else_=Document.settled_minor)
    return (
        select(Document.customer_id, Document.public_id, literal(0), rest)
        .outerjoin(source, source.id == Document.source_id)
        .where(Document.kind == DocumentKind.INVOICE, rest != 0)
    )
