"""Which proforma asks for what a document costs: itself, or that at which the line of an invoice began.

Most invoices follow the payment of their proforma. That of a delivery which takes an advance back, or one whose
write-off was undone, is there before: what is left of it is paid through its proforma, and never asked for twice.
"""

from collections.abc import Iterable

from praho.billing.documents import repos
from praho.models.billing.documents import Document, DocumentKind


def found(public_id: str) -> Document | None:
    """Return the proforma of the scope through which a proforma or an invoice is paid, or None."""
    row = repos.find(public_id)
    return None if row is None else proforma_of(row)


def proforma_of(row: Document) -> Document | None:
    """Return the proforma that asks for a document, None where there is none, as for a credit note."""
    if row.kind is DocumentKind.CREDIT_NOTE:
        return None
    first = first_of(row)
    return first if first.kind is DocumentKind.PROFORMA else None


def first_of(row: Document) -> Document:
    """Return the proforma at which an invoice began, however often it was corrected; else the first of its line."""
    while (source := repos.source_of(row)) is not None:
        row = source
    return row


def is_taken_back(invoice: Document, credit_notes: Iterable[Document]) -> bool:
    """Tell whether credit notes took an invoice back whole, so that nothing is asked for it."""
    return invoice.total_minor > 0 and sum(note.total_minor for note in credit_notes) == -invoice.total_minor


def invoices(proformas: Iterable[Document]) -> dict[int, Document]:
    """Return the invoices that some open proformas ask for, as they stand after corrections, by proforma.

    One query where no invoice is there yet, which is the rule.
    """
    firsts = repos.invoices_of([row.id for row in proformas])
    return {proforma_id: _as_it_stands(invoice) for proforma_id, invoice in firsts.items()}


def _as_it_stands(invoice: Document) -> Document:
    for note in repos.credit_notes_of(invoice.id):
        corrected = repos.invoice_of(note.id)
        if corrected is not None:
            return _as_it_stands(corrected)
    return invoice
