"""Proformas that are paid and not invoiced: money that is kept while something keeps the invoice back."""

from praho.billing import errors
from praho.billing.documents import repos as documents
from praho.billing.documents.services import invoicing
from praho.billing.events import ISSUE_INVOICE, DocumentWork
from praho.billing.payments import repos
from praho.billing.payments.services import ledger, placing
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound, PrahoError
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.customers import Customer


def issue(proforma_id: str) -> str:
    """Invoice a paid proforma now and return the invoice's public id.

    Raises the PrahoError that still keeps it back, NotFound, or `InvoicingRefused` where it is not paid.
    """
    with unit_of_work():
        found = documents.find(proforma_id)
        if found is None or found.kind is not DocumentKind.PROFORMA:
            raise NotFound(_("This proforma does not exist."))
        locking.lock_one(Customer, found.customer_id)
        proforma = locking.lock_one(Document, found.id)
        assert proforma is not None
        if proforma.state is not DocumentState.PAID:
            raise errors.InvoicingRefused(_("Only a paid proforma becomes an invoice."))
        existing = documents.invoice_of(proforma.id)
        if existing is not None:
            return existing.public_id
        facts = placing.payment_facts(proforma)
        invoice = invoicing.issue_for(proforma, repos.lines_of(proforma.id), facts)
        ledger.book(invoice)
        proforma.refusal = None
        return invoice.public_id


def try_again(proforma_id: str) -> bool:
    """Invoice a paid proforma, or note why it cannot be invoiced now; return whether there is an invoice."""
    try:
        issue(proforma_id)
    except PrahoError as refusal:
        _note(proforma_id, str(refusal))
        return False
    return True


def hand_over_all(occasion: str) -> int:
    """Enqueue a try for every one that is held back, so that none stands in another's way; return how many."""
    with unit_of_work():
        held = documents.ids_not_invoiced()
        for proforma_id in held:
            enqueue(ISSUE_INVOICE, DocumentWork(proforma_id), occasion=f"{proforma_id}:{occasion}")
        return len(held)


def _note(proforma_id: str, why: str) -> None:
    with unit_of_work():
        found = documents.find(proforma_id)
        proforma = None if found is None else locking.lock_one(Document, found.id)
        if proforma is not None and proforma.refusal is not None:
            proforma.refusal = why
