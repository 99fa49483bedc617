"""Payments and parked money as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from praho.billing.payments import repos
from praho.core import clock
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.billing.documents import Document
from praho.models.billing.payments import ParkedPayment, ParkedState, Payment, PaymentMethod


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A payment with the documents that it settles."""

    public_id: str
    received_on: date
    method: PaymentMethod
    reference: str
    amount: Money
    recorded_at: datetime
    documents: tuple[tuple[str, str], ...] = ()
    """Their public ids and numbers."""
    receipt: tuple[str, str] | None = None
    """The public id and the number of the receipt that was issued for it."""


@dataclass(frozen=True, slots=True)
class SettledPart:
    """A part of what settled a proforma, and the Bucharest date from which it counts.

    Of a write-off `write_off_id` is set; of a credit note neither that nor `method`. `from_balance` says that it was
    on the customer's balance before.
    """

    received_on: date
    amount: Money
    reference: str
    method: PaymentMethod | None
    from_balance: bool
    write_off_id: str | None
    receipt: tuple[str, str] | None = None
    """The public id and the number of its payment's receipt."""


def listed(cursor: str | None) -> Page[ReceiptLine]:
    """Return a page of the scope's payments with their receipts, the newest first. Three queries."""
    page = repos.listed(cursor)
    ids = [row.id for row in page.items]
    documents, issued = repos.documents_by_payment(ids), repos.receipts_of(ids)
    lines = [_line(row, documents.get(row.id, []), issued.get(row.id)) for row in page.items]
    return Page(lines, page.previous, page.next)


def history(customer_id: int, before: datetime | None, limit: int) -> list[ReceiptLine]:
    """Return what a customer paid up to and with an instant, the newest first. One query."""
    return [_line_of(row, documents) for row, documents in repos.history(customer_id, before, limit)]


def of_document(document_id: int, currency: str) -> list[SettledPart]:
    """Return what settled a proforma so far, the oldest first: money, credit, write-offs. Two queries."""
    parts = [
        SettledPart(
            part.counted_on,
            Money(part.amount_minor, currency),
            part.reference,
            part.method,
            part.from_balance,
            None,
            part.receipt,
        )
        for part in repos.parts_of(document_id)
    ]
    written_off = [
        SettledPart(
            clock.local_date(row.created_at), Money(row.amount_minor, currency), row.reason, None, False, row.public_id
        )
        for row in repos.write_offs_of(document_id)
    ]
    return parts + written_off


def parked(state: ParkedState, cursor: str | None) -> Page[ParkedPayment]:
    """Return a page of parked payments, the newest first."""
    return repos.parked_listed(state, cursor)


def parked_one(public_id: str) -> ParkedPayment:
    """Return one parked payment; raises NotFound."""
    row = repos.parked(public_id)
    if row is None:
        raise NotFound(_("This parked payment does not exist."))
    return row


def parked_money(row: ParkedPayment) -> Money | None:
    """Return the amount of parked money, where it is known."""
    if row.amount_minor is None or row.currency is None:
        return None
    return Money(row.amount_minor, row.currency)


def _line(row: Payment, documents: list[Document], receipt: tuple[str, str] | None = None) -> ReceiptLine:
    return _line_of(row, [(document.public_id, document.number_text) for document in documents], receipt)


def _line_of(row: Payment, documents: Sequence[tuple[str, str]], receipt: tuple[str, str] | None = None) -> ReceiptLine:
    return ReceiptLine(
        row.public_id,
        row.received_on,
        row.method,
        row.reference,
        Money(row.amount_minor, row.currency),
        row.created_at,
        tuple(documents),
        receipt,
    )
