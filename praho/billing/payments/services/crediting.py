"""Crediting an invoice: the credit note is issued and the customer's account shows it, in one transaction.

What it gives back is the customer's balance, but for what is still owed on the invoice's proforma.
"""

from collections.abc import Sequence

from praho.billing import errors
from praho.billing.documents import credit
from praho.billing.documents import repos as documents
from praho.billing.documents.services import asking, crediting
from praho.billing.payments import repos
from praho.billing.payments.services import ledger, placing, write_offs
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web import form_tokens
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.customers import Customer


def issue(invoice_id: str, parts: Sequence[credit.Part] | None, reason: str, *, form_token: str) -> str:
    """Credit an invoice in part, or all that is left of it where `parts` is None; once for each form.

    Returns the credit note's public id. Raises NotFound, `CreditRefused`, `InvoicingRefused`.
    """
    with unit_of_work():
        return form_tokens.once(
            form_token,
            "billing.credit_note",
            lambda: _credited(*_locked_invoice(invoice_id), parts, reason).public_id,
        )


def correct(invoice_id: str, reason: str, *, form_token: str) -> str:
    """Take an invoice back whole and issue it again to the buyer as known today; once for each form.

    Returns the new invoice's public id. Raises NotFound, `CreditRefused` where a part was credited before,
    `InvoicingRefused`.
    """
    with unit_of_work():
        return form_tokens.once(
            form_token,
            "billing.corrected_invoice",
            lambda: _corrected(_locked_invoice(invoice_id)[0], reason).public_id,
        )


def _corrected(invoice: Document, reason: str) -> Document:
    credit_note = crediting.issue(invoice, None, reason)
    if credit_note.total_minor != -invoice.total_minor:
        raise errors.CreditRefused(_("A part of this invoice was credited already; it cannot be corrected as a whole."))
    ledger.book(credit_note)
    corrected = crediting.issue_corrected(invoice, credit_note)
    ledger.book(corrected)
    if corrected.total_minor > 0:
        source = repos.Source(None, credit_note.id, -credit_note.total_minor)
        placing.give(source, corrected, corrected.total_minor, clock.today(), from_balance=False)
    return corrected


def _credited(
    invoice: Document, proforma: Document | None, parts: Sequence[credit.Part] | None, reason: str
) -> Document:
    credit_note = crediting.issue(invoice, parts, reason)
    ledger.book(credit_note)
    if proforma is not None:
        if asking.is_taken_back(invoice, documents.credit_notes_of(invoice.id)):
            write_offs.undo_all(proforma, reason)
        _pay_what_is_owed(proforma, repos.Source(None, credit_note.id, -credit_note.total_minor))
    return credit_note


def _pay_what_is_owed(proforma: Document, source: repos.Source) -> None:
    amount = min(placing.left_of(proforma), source.free_minor)
    if proforma.state is DocumentState.OPEN and amount > 0:
        placing.give(source, proforma, amount, clock.today(), from_balance=True)
        placing.conclude(proforma)


def _locked_invoice(public_id: str) -> tuple[Document, Document | None]:
    """Lock an invoice with its customer and its proforma, and return both documents."""
    found = documents.find(public_id)
    if found is None or found.kind is not DocumentKind.INVOICE:
        raise NotFound(_("This invoice does not exist."))
    locking.lock_one(Customer, found.customer_id)
    first = asking.first_of(found)
    rows = {row.id: row for row in locking.lock(Document, [found.id, first.id])}
    return rows[found.id], rows[first.id] if first.kind is DocumentKind.PROFORMA else None
