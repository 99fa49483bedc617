"""Advances as documents: which there are, what is left of them, and the invoice of a delivery that takes them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import advance, repos, sale, snapshot, snapshot_json
from praho.billing.documents.services import numbering, parties, storing
from praho.billing.documents.services.proformas import SERIES
from praho.billing.tax.services import deciding, exchange_rates
from praho.core import clock, formatting, i18n
from praho.core.db.scope import session
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.billing.advances import Advance, AdvanceUse
from praho.models.billing.documents import Document, DocumentKind


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered: its words, its net price in the advance's currency, and the (Bucharest) day."""

    description: str
    net_minor: int
    on: date


@dataclass(frozen=True, slots=True)
class OpenAdvance:
    """An advance invoice with what is left of it, net and with VAT."""

    row: Document
    net_left: Money
    gross_left: Money


def listed(customer_id: int | None = None) -> list[OpenAdvance]:
    """Return the scope's advances of which something is left, the oldest first."""
    found = [_open(row) for row in repos.advance_invoices(customer_id)]
    return [one for one in found if not one.net_left.is_zero]


def of_document(public_id: str) -> OpenAdvance:
    """Return an advance invoice of the scope, also one of which nothing is left; raises NotFound for anything else."""
    row = repos.find(public_id)
    if row is None or repos.advance_of(row.id) is None:
        raise NotFound(_("This is no advance invoice."))
    return _open(row)


def require_not_taken_back(invoice: Document) -> None:
    """Raise `CreditRefused` for an advance that an invoice took back: that invoice is what can be credited."""
    found = repos.advance_of(invoice.id)
    uses = [] if found is None else _counting(found)
    if uses:
        by = ", ".join(document.number_text for _use, document in uses)
        raise errors.CreditRefused(
            _("This advance was taken back by %(invoices)s: credit that invoice, not the advance.", invoices=by)
        )


def take_back(invoice: Document, delivery: Delivery, net_minor: int | None) -> Document:
    """Issue the invoice of a delivery that takes back `net_minor` of a locked advance, or all that is left (None).

    Its VAT is that of the day of the delivery, the advance's its own. Where something is left to pay, a proforma
    asks for it. Raises `AdvanceRefused`, `InvoicingRefused`, Invalid for a day that has not come.
    """
    if delivery.on > clock.today():
        raise Invalid(_("This day has not come yet."), fields={"on": _("This day has not come yet.")})
    found = repos.advance_of(invoice.id)
    if found is None:
        raise errors.AdvanceRefused(_("This is no advance invoice."))
    rest = _left(invoice, found)
    part = advance.part_of(rest, rest.net_minor if net_minor is None else net_minor)
    with i18n.in_locale(invoice.locale):
        document, part = _compose(invoice, delivery, part)
    proforma = _ask(document, invoice) if document.totals.total_minor > 0 else None
    row = _issue(document, invoice, proforma)
    _keep(found, row, part)
    recording.record(
        "advance.taken_back",
        subject=("document", row.public_id),
        customer_id=row.customer_id,
        changes={"number": [None, row.number_text], "advance": [None, invoice.number_text]},
    )
    return row


def _open(row: Document) -> OpenAdvance:
    found = repos.advance_of(row.id)
    assert found is not None
    rest = _left(row, found)
    net, vat = (Money(minor, row.currency) for minor in (rest.net_minor, rest.vat_minor))
    return OpenAdvance(row, net, net + vat)


def _left(row: Document, found: Advance) -> advance.Part:
    content = snapshot_json.from_json(row.snapshot)
    notes = [snapshot_json.from_json(note.snapshot) for note in repos.credit_notes_of(row.id)]
    return advance.left(content, notes, [(use.net_minor, use.vat_minor) for use, _document in _counting(found)])


def _counting(found: Advance) -> Sequence[tuple[AdvanceUse, Document]]:
    """Return what took an advance back and was not itself credited as a whole, unless it was issued again then."""
    return [(use, document) for use, document in repos.advance_uses(found.id) if not _is_undone(document)]


def _is_undone(document: Document) -> bool:
    notes = repos.credit_notes_of(document.id)
    whole = bool(notes) and sum(note.net_minor for note in notes) == -document.net_minor
    return whole and not any(repos.invoice_of(note.id) for note in notes)


def _compose(
    invoice: Document, delivery: Delivery, part: advance.Part
) -> tuple[snapshot.DocumentSnapshot, advance.Part]:
    asked, today = part.advance, clock.today()
    tax = deciding.for_customer(invoice.customer_id, delivery.on, Money(delivery.net_minor, asked.currency))
    numbered = {"number": asked.number, "date": formatting.numeric_date(asked.issue_date)}
    priced, part = advance.compose(
        asked.currency,
        [sale.SaleLine(delivery.description, delivery.net_minor)],
        tax.category,
        tax.rate,
        part,
        _("Advance of invoice %(number)s of %(date)s, taken back", **numbered),
    )
    document = snapshot.DocumentSnapshot(
        kind=DocumentKind.INVOICE,
        series="",
        number="",
        issue_date=today,
        due_date=today,
        tax_point=delivery.on,
        currency=asked.currency,
        locale=invoice.locale,
        seller=parties.seller(),
        buyer=parties.buyer(invoice.customer_id),
        lines=priced.lines,
        subtotals=priced.subtotals,
        totals=priced.totals,
        references=(snapshot.Reference(snapshot.ReferenceKind.ADVANCE, asked.number, asked.issue_date),),
        tax=deciding.confirm(tax, delivery.on),
        exchange=exchange_rates.for_document(asked.currency, delivery.on),
        advances=(advance.fact(part),),
    )
    return document, part


def _ask(document: snapshot.DocumentSnapshot, invoice: Document) -> Document:
    """Issue the proforma that asks for what the delivery costs beyond the advance."""
    number = repos.next_proforma_number()
    asked = replace(document, kind=DocumentKind.PROFORMA, series=SERIES, number=f"{SERIES}-{number:06d}")
    return storing.store(
        asked,
        customer_id=invoice.customer_id,
        number=number,
        subject=None,
        line_subjects=[None] * len(asked.lines),
    )


def _issue(document: snapshot.DocumentSnapshot, invoice: Document, proforma: Document | None) -> Document:
    references = document.references
    if proforma is not None:
        kind = snapshot.ReferenceKind.PROFORMA
        references += (snapshot.Reference(kind, proforma.number_text, proforma.issue_date),)
    number = numbering.take(DocumentKind.INVOICE, document.issue_date)
    return storing.store(
        replace(document, series=number.series, number=number.text, references=references),
        customer_id=invoice.customer_id,
        number=number,
        subject=None,
        line_subjects=[None] * len(document.lines),
        source_id=None if proforma is None else proforma.id,
    )


def _keep(found: Advance, row: Document, part: advance.Part) -> None:
    session().add(
        AdvanceUse(
            customer_id=row.customer_id,
            advance_id=found.id,
            document_id=row.id,
            before_minor=sum(use.net_minor for use, _document in repos.advance_uses(found.id)),
            net_minor=part.net_minor,
            vat_minor=part.vat_minor,
            created_at=clock.now(),
        )
    )
    session().flush()
