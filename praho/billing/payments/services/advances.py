"""Asking for an advance, and taking it back at the delivery: documents and account, in one transaction."""

from datetime import timedelta

from praho.billing.documents import repos as documents
from praho.billing.documents import sale
from praho.billing.documents.services import advances, proformas
from praho.billing.payments.services import ledger
from praho.core import clock, i18n
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web import form_tokens
from praho.customers.services import profiles
from praho.models.billing.documents import Document
from praho.models.customers import Customer

DAYS_TO_PAY = timedelta(days=14)


def ask(customer_id: int, description: str, net: Money, *, form_token: str) -> str:
    """Ask a customer for an advance (net) on a coming delivery; once for each form. Return the proforma's public id.

    Its invoice is issued when it is paid, as for every proforma. Raises Invalid for an amount that is not positive,
    NotFound, and the refusals of `proformas.issue`.
    """
    if not net.is_positive:
        raise Invalid(_("The amount must be greater than zero."), fields={"amount": _("Must be greater than zero.")})

    def issue() -> str:
        locale = profiles.billing_profile(customer_id).locale
        with i18n.in_locale(locale):
            words = _("Advance for: %(what)s", what=description)
        due = clock.today() + DAYS_TO_PAY
        lines = [sale.SaleLine(words, net.minor)]
        issued = proformas.issue(
            customer_id, lines, currency=net.currency, locale=locale, due_date=due, is_advance=True
        )
        return issued.public_id

    with unit_of_work():
        return form_tokens.once(form_token, "billing.advance", issue)


def take_back(invoice_id: str, delivery: advances.Delivery, net_minor: int | None, *, form_token: str) -> str:
    """Invoice a delivery and take its advance back, so much net or all that is left (None); once for each form.

    Return the public id of the delivery's invoice. Raises NotFound, `AdvanceRefused`, `InvoicingRefused`, Invalid.
    """

    def issue() -> str:
        row = advances.take_back(_locked(invoice_id), delivery, net_minor)
        ledger.book(row)
        return row.public_id

    with unit_of_work():
        return form_tokens.once(form_token, "billing.advance_taken_back", issue)


def _locked(public_id: str) -> Document:
    found = documents.find(public_id)
    if found is None:
        raise NotFound(_("This invoice does not exist."))
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(Document, found.id)
    assert row is not None
    return row
