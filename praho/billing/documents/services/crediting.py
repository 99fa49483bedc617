"""Credit notes and corrected invoices: what is issued stays, and is taken back by a further document.

Legea 227/2015 art. 330: an invoice with a mistake is corrected by one with minus signs that names it, and by a new
one with what is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from praho.audit.services import recording
from praho.billing import errors, types
from praho.billing.documents import credit, repos, snapshot, snapshot_json
from praho.billing.documents.services import advances, numbering, parties, revising, storing
from praho.core import clock, formatting, i18n
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.billing.documents import Document, DocumentKind


@dataclass(frozen=True, slots=True)
class Creditable:
    """An invoice with what its credit notes have left of each line."""

    row: Document
    content: snapshot.DocumentSnapshot
    lines: list[credit.LineLeft]
    is_rejected: bool
    """Whether e-Factura rejected it, so that it is corrected and sent again instead."""
    is_refused: bool
    """Whether it cannot be credited because of that."""

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left to credit."""
        return all(entry.net_minor == 0 for entry in self.lines)


def creditable(public_id: str) -> Creditable:
    """Return an invoice of the scope with what may still be credited of it; raises NotFound."""
    row = repos.find(public_id)
    if row is None or row.kind is not DocumentKind.INVOICE:
        raise NotFound(_("This invoice does not exist."))
    content = snapshot_json.from_json(row.snapshot)
    rejected = revising.is_rejected(row)
    refused = rejected and not revising.lets_rejected_be_credited()
    return Creditable(row, content, credit.left(content, _earlier(row)), rejected, refused)


def issue(invoice: Document, parts: Sequence[credit.Part] | None, reason: str) -> Document:
    """Issue a credit note of a locked invoice, dated today: of `parts`, or of all that is left where it is None.

    Buyer, currency, language and VAT rates are the invoice's, the seller is as today. Raises `CreditRefused`, also for
    an invoice that e-Factura rejected, or `InvoicingRefused` where the set-up does not let it be issued.
    """
    content = revising.said(invoice).content
    advances.require_not_taken_back(invoice)
    today = clock.today()
    with i18n.in_locale(invoice.locale):
        priced = credit.compose(content, _earlier(invoice), parts)
        is_whole = priced.totals.total_minor == -content.totals.total_minor
        revising.require_creditable(invoice, whole=is_whole)
        notes = (_mention(content, is_whole=is_whole), reason)
    document = replace(
        content,
        kind=DocumentKind.CREDIT_NOTE,
        issue_date=today,
        due_date=today,
        tax_point=today,
        seller=parties.seller(),
        lines=priced.lines,
        allowances=priced.allowances,
        subtotals=priced.subtotals,
        totals=priced.totals,
        notes=tuple(note for note in notes if note),
        references=(snapshot.Reference(snapshot.ReferenceKind.CORRECTED_INVOICE, content.number, content.issue_date),),
        payments=(),
        is_advance=False,
        advances=tuple(_turned(fact) for fact in content.advances) if is_whole else (),
    )
    row = _store(document, invoice)
    recording.record(
        "credit_note.issued",
        subject=("document", row.public_id),
        customer_id=row.customer_id,
        changes={
            "number": [None, row.number_text],
            "invoice": [None, invoice.number_text],
            "total_minor": [None, row.total_minor],
            "reason": [None, reason],
        },
    )
    return row


def issue_corrected(invoice: Document, credit_note: Document) -> Document:
    """Issue anew what a credit note has just taken back whole, to the buyer as known today.

    Lines, prices, VAT and tax point are the first invoice's, and so is what was paid on it. Raises `CreditRefused`
    where the buyer is elsewhere by now: the VAT hangs on it, and is decided anew only with a new sale.
    """
    content = snapshot_json.from_json(invoice.snapshot)
    buyer = parties.buyer(invoice.customer_id)
    _require_same_place(content, buyer)
    document = replace(
        content,
        issue_date=clock.today(),
        due_date=clock.today(),
        seller=parties.seller(),
        buyer=buyer,
        references=(snapshot.Reference(snapshot.ReferenceKind.CORRECTED_INVOICE, content.number, content.issue_date),),
    )
    row = _store(document, credit_note, lines_of=invoice)
    recording.record(
        "invoice.corrected",
        subject=("document", row.public_id),
        customer_id=row.customer_id,
        changes={"number": [invoice.number_text, row.number_text]},
    )
    return row


def _require_same_place(content: snapshot.DocumentSnapshot, buyer: snapshot.Party) -> None:
    if buyer.address.country != content.buyer.address.country or buyer.kind is not content.buyer.kind:
        raise errors.CreditRefused(
            _(
                "The buyer is in another country by now, or no longer a company or a person as before, so that another"
                " VAT may be due: credit the invoice and sell anew."
            )
        )
    if content.tax is not None and content.tax.vat_id is not None and buyer.vat_id != content.tax.vat_id:
        reverse = content.tax.category is types.TaxCategory.REVERSE_CHARGE
        if reverse:
            raise errors.CreditRefused(
                _("The invoice carries no VAT because of another VAT number: credit it and sell anew.")
            )


def _turned(fact: snapshot.AdvanceFact) -> snapshot.AdvanceFact:
    return replace(fact, net_minor=-fact.net_minor, vat_minor=-fact.vat_minor)


def _earlier(invoice: Document) -> list[snapshot.DocumentSnapshot]:
    return [snapshot_json.from_json(row.snapshot) for row in repos.credit_notes_of(invoice.id)]


def _mention(invoice: snapshot.DocumentSnapshot, *, is_whole: bool) -> str:
    values = {"number": invoice.number, "date": formatting.numeric_date(invoice.issue_date)}
    if is_whole:
        return _("Credit of invoice %(number)s of %(date)s.", **values)
    return _("Partial credit of invoice %(number)s of %(date)s.", **values)


def _store(document: snapshot.DocumentSnapshot, source: Document, lines_of: Document | None = None) -> Document:
    subjects = repos.line_subjects((lines_of or source).id)
    number = numbering.take(document.kind, document.issue_date)
    return storing.store(
        replace(document, series=number.series, number=number.text),
        customer_id=source.customer_id,
        number=number,
        subject=(source.subject_kind, source.subject_id) if source.subject_kind and source.subject_id else None,
        line_subjects=[subjects.get(line.corrects or line.position) for line in document.lines],
        source_id=source.id,
    )
