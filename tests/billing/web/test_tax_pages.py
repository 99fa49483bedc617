"""Why a document carries its VAT, on its page; and the doubts that wait for somebody."""

import pytest
from sqlalchemy import select

from praho.billing.documents import sale
from praho.billing.documents.services import proformas
from praho.billing.tax.services import deciding
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.core.permissions import StaffRole
from praho.models.billing.tax import TaxReview
from tests.factories import billing, customers, users

DOUBTS = "/admin/documents/tax-doubts"


@pytest.fixture
def clerk(app, visitor):
    billing.make_seller()
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


@pytest.fixture
def doubtful():
    """A proforma of somebody in Cluj whose internet address and bank are French."""
    buyer = customers.make_person(iban="FR1420041010050500013M02606")
    with entered(SystemScope("factory")):
        tax = deciding.for_customer(buyer.id, clock.today(), Money(100, "RON"), deciding.Visit("192.0.2.7", "FR"))
        lines = [sale.SaleLine("x", 100)]
        issued = proformas.issue(buyer.id, lines, currency="RON", locale="ro", due_date=clock.today(), tax=tax)
        return issued.public_id


def test_the_page_says_why_and_what_contradicts(clerk, doubtful):
    text = clerk.get(f"/admin/documents/{doubtful}").text
    assert "Cumpărător din România: TVA românească de 21%." in text
    assert "Franța · 192.0.2.7" in text
    assert "două indicii" in text


def test_a_doubt_waits_until_somebody_looked_at_it(clerk, doubtful):
    page = clerk.get(DOUBTS)
    assert "Franța" in page.text
    page = clerk.submit(page, {"reason": "locuiește la Cluj, contul e vechi"}, action="/tax-doubt")
    assert "Nimic de verificat" in page.text
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(TaxReview.note)).all() == ["locuiește la Cluj, contul e vechi"]
    assert clerk.post(f"/admin/documents/{doubtful}/tax-doubt", {"reason": "încă o dată"}).status == 404


def test_only_who_records_payments_settles_a_doubt(app, another_visitor, clerk, doubtful):
    auditor = another_visitor().sign_in(users.make_staff(StaffRole.AUDITOR))
    page = auditor.get(DOUBTS)
    assert (page.status, page.leads_to("/tax-doubt")) == (200, False)
    assert auditor.post(f"/admin/documents/{doubtful}/tax-doubt", {"reason": "x"}).status == 403
