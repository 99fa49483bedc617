"""Every query about payments, attempts, allocations and parked money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, defer

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document, DocumentKind, DocumentLine, DocumentState
from praho.models.billing.payments import (
    OPEN_ATTEMPTS,
    LedgerEntry,
    ParkedPayment,
    ParkedState,
    Payment,
    PaymentAllocation,
    PaymentAttempt,
    PaymentAttemptShare,
    PaymentMethod,
    Refund,
    WriteOff,
)
from praho.models.billing.receipts import PaymentReceipt, ReceiptFile


def attempt(public_id: str) -> PaymentAttempt | None:
    """Return an attempt of the scope, or None."""
    return session().scalar(select(PaymentAttempt).where(PaymentAttempt.public_id == public_id))


def attempt_with_shares(public_id: str) -> tuple[PaymentAttempt, dict[int, int]] | None:
    """Return an attempt of the scope with what it is to pay on each document, or None."""
    rows = (
        session()
        .execute(
            select(PaymentAttempt, PaymentAttemptShare.document_id, PaymentAttemptShare.amount_minor)
            .outerjoin(PaymentAttemptShare, PaymentAttemptShare.attempt_id == PaymentAttempt.id)
            .where(PaymentAttempt.public_id == public_id)
        )
        .all()
    )
    if not rows:
        return None
    return rows[0][0], {row.document_id: row.amount_minor for row in rows if row.document_id is not None}


def open_attempt(document_ids: Sequence[int]) -> PaymentAttempt | None:
    """Return an attempt to pay one of some documents that is not decided yet, or None."""
    statement = (
        select(PaymentAttempt)
        .join(PaymentAttemptShare, PaymentAttemptShare.attempt_id == PaymentAttempt.id)
        .where(PaymentAttemptShare.document_id.in_(document_ids), PaymentAttempt.state.in_(OPEN_ATTEMPTS))
    )
    return session().scalar(statement.order_by(PaymentAttempt.id).limit(1))


def open_top_up(customer_id: int) -> PaymentAttempt | None:
    """Return a customer's attempt to add funds that is not decided yet, or None."""
    statement = select(PaymentAttempt).where(
        PaymentAttempt.customer_id == customer_id,
        PaymentAttempt.document_id.is_(None),
        PaymentAttempt.state.in_(OPEN_ATTEMPTS),
    )
    return session().scalar(statement.order_by(PaymentAttempt.id).limit(1))


def attempts_of(document_id: int) -> list[PaymentAttempt]:
    """Return the attempts to pay a document, the newest first."""
    statement = (
        select(PaymentAttempt)
        .join(PaymentAttemptShare, PaymentAttemptShare.attempt_id == PaymentAttempt.id)
        .where(PaymentAttemptShare.document_id == document_id)
    )
    return list(session().scalars(statement.order_by(PaymentAttempt.id.desc())))


def documents_of_attempt(attempt_id: int) -> list[Document]:
    """Return the proformas that an attempt is to pay, without their content."""
    statement = (
        select(Document)
        .join(PaymentAttemptShare, PaymentAttemptShare.document_id == Document.id)
        .where(PaymentAttemptShare.attempt_id == attempt_id)
        .options(defer(Document.snapshot, raiseload=True), defer(Document.search))
    )
    return list(session().scalars(statement.order_by(Document.id)))


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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what settled a document: of a payment, or of the credit note `number` where `method` is None."""

    method: PaymentMethod | None
    amount_minor: int
    counted_on: date
    reference: str
    from_balance: bool
    receipt: tuple[str, str] | None
    """The public id and the number of the payment's receipt."""


def parts_of(document_id: int) -> list[Part]:
    """Return what was given to a document, the oldest first."""
    note = aliased(Document)
    statement = (
        select(PaymentAllocation, Payment, note.number_text, PaymentReceipt.public_id, PaymentReceipt.number_text)
        .outerjoin(Payment, PaymentAllocation.payment_id == Payment.id)
        .outerjoin(PaymentReceipt, PaymentReceipt.payment_id == Payment.id)
        .outerjoin(note, PaymentAllocation.credit_note_id == note.id)
        .where(PaymentAllocation.document_id == document_id)
        .order_by(PaymentAllocation.id)
    )
    rows: Sequence[Any] = session().execute(statement).all()
    return [
        Part(
            None if payment is None else payment.method,
            given.amount_minor,
            given.counted_on,
            (number or "") if payment is None else payment.reference,
            given.from_balance,
            None if receipt_id is None else (receipt_id, receipt_number),
        )
        for given, payment, number, receipt_id, receipt_number in rows
    ]


def write_off(public_id: str) -> WriteOff | None:
    """Return a write-off of the scope, or None."""
    return session().scalar(select(WriteOff).where(WriteOff.public_id == public_id))


def write_offs_of(document_id: int) -> list[WriteOff]:
    """Return the write-offs of a document that count, the oldest first."""
    statement = select(WriteOff).where(WriteOff.document_id == document_id, WriteOff.undone_at.is_(None))
    return list(session().scalars(statement.order_by(WriteOff.id)))


def documents_by_payment(payment_ids: Sequence[int]) -> dict[int, list[Document]]:
    """Return the documents that some payments settle, without their content, by payment."""
    statement = (
        select(PaymentAllocation.payment_id, Document)
        .join(Document, PaymentAllocation.document_id == Document.id)
        .where(PaymentAllocation.payment_id.in_(payment_ids))
        .options(defer(Document.snapshot, raiseload=True), defer(Document.search))
        .distinct()
        .order_by(Document.id)
    )
    found: dict[int, list[Document]] = {}
    rows: Sequence[Any] = session().execute(statement).all()
    for payment_id, document_row in rows:
        found.setdefault(payment_id, []).append(document_row)
    return found


def lines_of(document_id: int) -> list[DocumentLine]:
    """Return a document's lines in their order."""
    statement = select(DocumentLine).where(DocumentLine.document_id == document_id)
    return list(session().scalars(statement.order_by(DocumentLine.position)))


def listed(cursor: str | None) -> Page[Payment]:
    """Return a page of the scope's payments, the newest first."""
    return page_of(select(Payment), [Payment.id], cursor)


def history(customer_id: int, before: datetime | None, limit: int) -> list[tuple[Payment, list[tuple[str, str]]]]:
    """Return a customer's payments recorded up to and with an instant, the newest first. One query.

    Each with the public ids and numbers of the documents that it was given to.
    """
    given = func.array_remove(func.array_agg(Document.public_id + literal(" ") + Document.number_text), None)
    statement = (
        select(Payment, given)
        .outerjoin(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .outerjoin(Document, PaymentAllocation.document_id == Document.id)
        .where(Payment.customer_id == customer_id)
        .group_by(Payment.id)
    )
    if before is not None:
        statement = statement.where(Payment.created_at <= before)
    rows = session().execute(statement.order_by(Payment.created_at.desc(), Payment.id.desc()).limit(limit))
    return [(row, [_document_named(words) for words in sorted(set(documents))]) for row, documents in rows]


def _document_named(words: str) -> tuple[str, str]:
    public_id, _space, number = words.partition(" ")
    return public_id, number


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


_FREED = (DocumentState.CANCELLED, DocumentState.LAPSED)
"""What was given to a proforma in one of these states is free again."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is free of a payment or, where `payment_id` is None, of a credit note; in minor units."""

    payment_id: int | None
    credit_note_id: int | None
    free_minor: int


def free_sources(customer_id: int, currency: str) -> list[Source]:
    """Return a customer's payments and credit notes of which something is free, the oldest first. Two queries."""
    target = aliased(Document)
    counts = or_(PaymentAllocation.document_id.is_(None), target.state.not_in(_FREED))
    given = func.coalesce(func.sum(case((counts, PaymentAllocation.amount_minor))), 0)
    paid = (
        select(Payment.id, Payment.amount_minor - given, Payment.created_at)
        .select_from(Payment)
        .outerjoin(PaymentAllocation, PaymentAllocation.payment_id == Payment.id)
        .outerjoin(target, PaymentAllocation.document_id == target.id)
        .where(Payment.customer_id == customer_id, Payment.currency == currency)
        .group_by(Payment.id)
        .having(Payment.amount_minor > given)
    )
    credited = (
        select(Document.id, -Document.total_minor - given, Document.issued_at)
        .select_from(Document)
        .outerjoin(PaymentAllocation, PaymentAllocation.credit_note_id == Document.id)
        .outerjoin(target, PaymentAllocation.document_id == target.id)
        .where(
            Document.customer_id == customer_id,
            Document.kind == DocumentKind.CREDIT_NOTE,
            Document.currency == currency,
        )
        .group_by(Document.id)
        .having(-Document.total_minor > given)
    )
    found = [(at, Source(row_id, None, int(free))) for row_id, free, at in session().execute(paid)]
    found += [(at, Source(None, row_id, int(free))) for row_id, free, at in session().execute(credited)]
    return [source for _at, source in sorted(found, key=lambda pair: pair[0])]


def free_of(customer_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    """Return what is free to be used: customer, currency, minor units; nothing where it is zero. One query."""
    came = select(Payment.customer_id, Payment.currency, Payment.amount_minor.label("minor")).where(
        Payment.customer_id.in_(customer_ids)
    )
    credited = select(Document.customer_id, Document.currency, -Document.total_minor).where(
        Document.customer_id.in_(customer_ids), Document.kind == DocumentKind.CREDIT_NOTE
    )
    given = (
        select(PaymentAllocation.customer_id, Document.currency, -PaymentAllocation.amount_minor)
        .join(Document, PaymentAllocation.document_id == Document.id)
        .where(PaymentAllocation.customer_id.in_(customer_ids), Document.state.not_in(_FREED))
    )
    returned = select(Refund.customer_id, Refund.currency, -Refund.amount_minor).where(
        Refund.customer_id.in_(customer_ids)
    )
    moves = union_all(came, credited, given, returned).subquery()
    total = func.sum(moves.c.minor)
    statement = select(moves.c.customer_id, moves.c.currency, total).group_by(moves.c.customer_id, moves.c.currency)
    rows = session().execute(statement.having(total != 0).order_by(moves.c.customer_id, moves.c.currency))
    return [(customer_id, currency, int(minor)) for customer_id, currency, minor in rows]


def entries(customer_id: int, currency: str, since: date, until: date) -> list[LedgerEntry]:
    """Return a customer's ledger entries of some days, both included, in their order."""
    statement = select(LedgerEntry).where(
        LedgerEntry.customer_id == customer_id,
        LedgerEntry.currency == currency,
        LedgerEntry.booked_on.between(since, until),
    )
    return list(session().scalars(statement.order_by(LedgerEntry.booked_on, LedgerEntry.id)))


def booked_before(customer_id: int, currency: str, day: date) -> int:
    """Return the sum of a customer's ledger entries of the days before `day`, in minor units."""
    statement = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(
        LedgerEntry.customer_id == customer_id, LedgerEntry.currency == currency, LedgerEntry.booked_on < day
    )
    return int(session().execute(statement).scalar_one())


def balances(customer_id: int) -> list[tuple[str, int]]:
    """Return the ledger's balance in each currency in which a customer has entries, in minor units."""
    statement = (
        select(LedgerEntry.currency, func.sum(LedgerEntry.amount_minor))
        .where(LedgerEntry.customer_id == customer_id)
        .group_by(LedgerEntry.currency)
        .order_by(LedgerEntry.currency)
    )
    return [(currency, int(minor)) for currency, minor in session().execute(statement)]


def words_of_entries(references: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return what ledger references stand for: a word of the kind, and a number or a reference. One query."""
    statement: Any = union_all(
        select(Document.public_id, literal("document"), Document.number_text).where(Document.public_id.in_(references)),
        select(Payment.public_id, Payment.method, Payment.reference).where(Payment.public_id.in_(references)),
        select(Refund.public_id, literal("refund"), Refund.reference).where(Refund.public_id.in_(references)),
        select(WriteOff.public_id, literal("write_off"), Document.number_text)
        .join(Document, WriteOff.document_id == Document.id)
        .where(WriteOff.public_id.in_(references)),
    )
    return {public_id: (str(word), text) for public_id, word, text in session().execute(statement)}


def payment(public_id: str) -> Payment | None:
    """Return a payment of the scope, or None."""
    return session().scalar(select(Payment).where(Payment.public_id == public_id))


def invoices_of(proforma_ids: Sequence[int]) -> dict[int, str]:
    """Return the numbers of the invoices that some proformas became, by proforma."""
    statement = select(Document.source_id, Document.number_text).where(
        Document.source_id.in_(proforma_ids), Document.kind == DocumentKind.INVOICE
    )
    return {proforma_id: number for proforma_id, number in session().execute(statement) if proforma_id is not None}


def receipt(public_id: str) -> PaymentReceipt | None:
    """Return a receipt of the scope, or None."""
    return session().scalar(select(PaymentReceipt).where(PaymentReceipt.public_id == public_id))


def receipt_of(payment_id: int) -> PaymentReceipt | None:
    """Return the receipt of a payment, or None."""
    return session().scalar(select(PaymentReceipt).where(PaymentReceipt.payment_id == payment_id))


def receipts_of(payment_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the receipts of some payments: public id and number, by payment."""
    statement = select(PaymentReceipt.payment_id, PaymentReceipt.public_id, PaymentReceipt.number_text).where(
        PaymentReceipt.payment_id.in_(payment_ids)
    )
    return {payment_id: (public_id, number) for payment_id, public_id, number in session().execute(statement)}


def receipt_file(receipt_id: int) -> ReceiptFile | None:
    """Return the PDF of a receipt, or None while it has not been made."""
    return session().scalar(select(ReceiptFile).where(ReceiptFile.receipt_id == receipt_id))
