"""Paid sales without VAT whose invoice waits for VIES: it is asked as of the tax point, then the invoice is tried."""

from praho.billing.documents.services import reading
from praho.billing.payments.services import missing_invoices
from praho.core.db.scope import session
from praho.core.errors import NotFound
from praho.customers.errors import LookupUnavailable
from praho.customers.services import vat_ids


def ask(proforma_id: str) -> bool:
    """Ask VIES about the buyer of a paid proforma and invoice it; return False where VIES gave no answer."""
    try:
        view = reading.shown(proforma_id)
    except NotFound:
        return True
    tax = view.content.tax
    number = None if tax is None else tax.vat_id
    if view.invoice is not None or number is None:
        return True
    session().close()
    try:
        vat_ids.ask(number)
    except LookupUnavailable:
        return False
    missing_invoices.try_again(proforma_id)
    return True
