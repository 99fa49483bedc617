"""Crediting an invoice: the credit note is issued and the customer's account shows it, in one transaction."""

from collections.abc import Sequence

from praho.billing import errors
from praho.billing.documents import credit
from praho.billing.documents import repos as documents
from praho.billing.documents.services import crediting
from praho.billing.payments.services import settlement
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web import form_tokens
from praho.models.billing.documents import Document, DocumentKind
from praho.models.customers import Customer


def issue(invoice_id: str, parts: Sequence[credit.Part] | None, reason: str, *, form_token: str) -> str:
    """Credit an invoice in part, or all that is left of it where `parts` is None; once for each form.

    Returns the credit note's public id. Raises NotFound, `CreditRefused`, `InvoicingRefused`.
    """
    with unit_of_work():
        return form_tokens.once(
            form_token,
            "billing.credit_note",
            lambda: _credited(_locked_invoice(invoice_id), parts, reason).public_id,
        )


def correct(invoice_id: str, reason: str, *, form_token: str) -> str:
    """Take an invoice back whole and issue it again to the buyer as known today; once for each form.

    Returns the new invoice's public id. Raises NotFound, `CreditRefused` where a part was credited before,
    `InvoicingRefused`.
    """
    with unit_of_work():
        return form_tokens.once(
            form_token, "billing.corrected_invoice", lambda: _corrected(_locked_invoice(invoice_id), reason).public_id
        )


def _corrected(invoice: Document, reason: str) -> Document:
    credit_note = _credited(invoice, None, reason)
    if credit_note.total_minor != -invoice.total_minor:
        raise errors.CreditRefused(_("A part of this invoice was credited already; it cannot be corrected as a whole."))
    corrected = crediting.issue_corrected(invoice, credit_note)
    settlement.book(corrected)
    return corrected


def _credited(invoice: Document, parts: Sequence[credit.Part] | None, reason: str) -> Document:
    credit_note = crediting.issue(invoice, parts, reason)
    settlement.book(credit_note)
    return credit_note


def _locked_invoice(public_id: str) -> Document:
    found = documents.find(public_id)
    if found is None or found.kind is not DocumentKind.INVOICE:
        raise NotFound(_("This invoice does not exist."))
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(Document, found.id)
    assert row is not None
    return row
