"""Advances in the admin, without a script: asked for, paid, and taken back with the invoice of the delivery."""

import pytest

from praho.core.permissions import StaffRole
from praho.models.billing.documents import DocumentKind
from tests.factories import billing, customers, users


@pytest.fixture
def staff(app, visitor):
    billing.make_seller()
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


@pytest.fixture
def customer(staff):
    return customers.make_customer(name="Țiglă S.R.L.")


def test_an_advance_is_asked_for_paid_and_taken_back(staff, customer):
    page = staff.get(f"/admin/customers/{customer.public_id}")
    assert page.leads_to(f"/customers/{customer.public_id}/advance")
    page = staff.get(f"/admin/customers/{customer.public_id}/advance")
    page = staff.submit(page, {"description": "Server dedicat", "amount": "100,00", "currency": "RON"})
    [asked] = billing.documents(DocumentKind.PROFORMA)
    assert page.path == f"/admin/documents/{asked.public_id}"
    billing.settle(asked.public_id)
    [advance] = billing.documents(DocumentKind.INVOICE)
    page = staff.get("/admin/advances")
    assert "100,00 RON" in page.text
    page = staff.get(f"/admin/documents/{advance.public_id}/take-back")
    page = staff.submit(page, {"description": "Server livrat", "amount": "50,00", "part": ""})
    assert "avans" in page.text
    page = staff.submit(page, {"description": "Server livrat", "amount": "150,00"})
    final = billing.documents(DocumentKind.INVOICE)[-1]
    assert (page.path, final.total_minor) == (f"/admin/documents/{final.public_id}", 6_050)
    assert advance.number_text not in staff.get("/admin/advances").text


@pytest.mark.parametrize(
    "typed", [{"amount": "zece"}, {"amount": "0"}, {"amount": "-5"}, {"amount": "10", "description": ""}]
)
def test_mistakes_keep_what_was_typed(staff, customer, typed):
    page = staff.get(f"/admin/customers/{customer.public_id}/advance")
    page = staff.submit(page, {"description": "Server", "currency": "RON", **typed})
    assert page.status == 422
    assert page.values()["amount"] == typed["amount"]
    assert billing.documents(DocumentKind.PROFORMA) == []


def test_others_ask_for_nothing(visitor, customer):
    support = visitor.sign_in(users.make_staff(StaffRole.SUPPORT))
    assert support.get(f"/admin/customers/{customer.public_id}/advance").status == 403
