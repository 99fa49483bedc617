"""Proformas: what a customer is asked to pay. No fiscal documents, and numbered by a plain sequence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos, sale, snapshot
from praho.billing.documents.services import parties, storing
from praho.billing.events import ProformaEnded
from praho.billing.tax.services import deciding, exchange_rates
from praho.billing.tax.types import TaxDecision
from praho.core import clock, events
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.customers import Customer, CustomerState

SERIES = "PRO"


@dataclass(frozen=True, slots=True)
class IssuedProforma:
    """What the caller needs of a new proforma."""

    id: int
    public_id: str
    number: str
    total: Money


def issue(
    customer_id: int,
    lines: Sequence[sale.SaleLine],
    *,
    currency: str,
    locale: str,
    due_date: date,
    subject: tuple[str, str] | None = None,
    tax: TaxDecision | None = None,
    discount_minor: int = 0,
    is_advance: bool = False,
) -> IssuedProforma:
    """Issue a proforma dated today (Bucharest), and have it announced.

    `discount_minor` comes off the whole of it, net. `is_advance` says that what is sold comes later. `tax` is the
    decision that the buyer was shown; without one it is decided now, for today. Raises `InvoicingRefused` for
    incomplete company data, `TaxRateMissing`, Conflict for a customer who has been erased.
    """
    with unit_of_work():
        customer = locking.lock_one(Customer, customer_id)
        if customer is None:
            raise NotFound(_("This customer does not exist."))
        if customer.state is CustomerState.ERASED:
            raise Conflict(_("This customer has been erased."))
        document = _compose(customer_id, lines, currency, locale, due_date, tax, discount_minor)
        document = replace(document, is_advance=is_advance)
        row = storing.store(
            document,
            customer_id=customer_id,
            number=int(document.number.removeprefix(SERIES).lstrip("-")),
            subject=subject,
            line_subjects=[line.subject for line in lines],
        )
        recording.record(
            "proforma.issued",
            subject=("document", row.public_id),
            customer_id=customer_id,
            changes={"number": [None, row.number_text], "total_minor": [None, row.total_minor]},
        )
        return IssuedProforma(row.id, row.public_id, row.number_text, Money(row.total_minor, currency))


def cancel(public_id: str, reason: str) -> None:
    """Cancel an open proforma; raises `NotPayable` where it is paid or has ended already."""
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not DocumentState.OPEN:
            raise errors.NotPayable(_("Only an open proforma can be cancelled."))
        if _is_invoiced(row):
            raise errors.NotPayable(_("This proforma was invoiced: credit the invoice, or write off what is left."))
        _end(row, DocumentState.CANCELLED, reason)


def end_by_id(document_id: int, *, lapsed: bool, reason: str) -> bool:
    """End an open proforma for the order that asked for it, in the caller's unit of work.

    Returns False where it was paid, invoiced or had ended in the meantime.
    """
    with unit_of_work():
        row = locking.lock_one(Document, document_id)
        if row is None or row.state is not DocumentState.OPEN or _is_invoiced(row):
            return False
        _end(row, DocumentState.LAPSED if lapsed else DocumentState.CANCELLED, reason)
        return True


def _is_invoiced(row: Document) -> bool:
    """Tell whether an open proforma asks for an invoice that is there: that is owed whatever becomes of the order."""
    return row.settled_at is not None or repos.invoice_of(row.id) is not None


def _end(row: Document, state: DocumentState, reason: str) -> None:
    before = row.state
    row.state = state
    recording.record(
        f"proforma.{state.value}",
        subject=("document", row.public_id),
        customer_id=row.customer_id,
        changes={"state": [before.value, state.value], "reason": [None, reason]},
    )
    events.publish(ProformaEnded(row.customer_id, row.public_id, row.subject_kind, row.subject_id))


def _locked(public_id: str) -> Document:
    found = repos.find(public_id)
    if found is None or found.kind is not DocumentKind.PROFORMA:
        raise NotFound(_("This proforma does not exist."))
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(Document, found.id)
    assert row is not None
    return row


def _compose(
    customer_id: int,
    lines: Sequence[sale.SaleLine],
    currency: str,
    locale: str,
    due_date: date,
    tax: TaxDecision | None,
    discount_minor: int,
) -> snapshot.DocumentSnapshot:
    today = clock.today()
    buyer = parties.buyer(customer_id)
    decision = tax or deciding.for_customer(
        customer_id, today, sale.net(currency, lines, discount_minor=discount_minor)
    )
    priced = sale.price(currency, lines, decision, discount_minor=discount_minor)
    return snapshot.DocumentSnapshot(
        kind=DocumentKind.PROFORMA,
        series=SERIES,
        number=f"{SERIES}-{repos.next_proforma_number():06d}",
        issue_date=today,
        due_date=due_date,
        tax_point=today,
        currency=currency,
        locale=locale,
        seller=parties.seller(),
        buyer=buyer,
        lines=priced.lines,
        subtotals=priced.subtotals,
        totals=priced.totals,
        allowances=priced.allowances,
        tax=decision,
        exchange=exchange_rates.for_document(currency, today),
    )
