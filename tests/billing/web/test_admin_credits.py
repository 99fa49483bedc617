"""Crediting in the admin: all that is left, a part, mistakes beside their fields, and a corrected buyer."""

import pytest

from praho.core.permissions import StaffRole
from praho.models.billing.documents import DocumentKind
from tests.factories import billing, customers, users


@pytest.fixture
def clerk(app, another_visitor):
    billing.make_seller()
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    return another_visitor().sign_in(users.make_staff(StaffRole.BILLING))


@pytest.fixture
def invoice(clerk):
    return billing.make_invoice(customers.make_customer(), 10_000, 5_000)


def credit(clerk, invoice, **values):
    page = clerk.get(f"/admin/documents/{invoice}/credit")
    return clerk.submit(page, {"reason": "Renunțare", **values}, action="/credit")


def totals():
    return [row.total_minor for row in billing.documents(DocumentKind.CREDIT_NOTE)]


def test_all_of_it(clerk, invoice):
    assert f"/admin/documents/{invoice}/credit" in clerk.get(f"/admin/documents/{invoice}").body
    answer = credit(clerk, invoice, extent="all")
    assert answer.path.startswith("/admin/documents/crn_")
    assert totals() == [-18_150]
    assert "EXS0001" in clerk.get(f"/admin/documents/{invoice}").text
    assert "integral" in clerk.get(f"/admin/documents/{invoice}/credit").text


def test_a_part_of_a_line(clerk, invoice):
    credit(clerk, invoice, extent="some", **{"line-2": "1", "amount-2": "10,00"})
    assert totals() == [-1_000]
    assert "50,50" in clerk.get(f"/admin/documents/{invoice}/credit").text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"extent": "some"}, "Alegeți"),
        ({"extent": "some", "line-1": "1", "amount-1": "zece"}, "nu este o sumă"),
        ({"extent": "some", "line-1": "1", "amount-1": "1000"}, "rămas"),
        ({"extent": "all", "reason": ""}, "completați"),
        ({"extent": "nothing"}, "Alegeți"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(clerk, invoice, values, said):
    answer = credit(clerk, invoice, **values)
    assert answer.status == 422
    assert said in answer.text
    assert values.get("amount-1", "") in answer.body
    assert totals() == []


def test_a_corrected_buyer(clerk, invoice):
    page = clerk.get(f"/admin/documents/{invoice}/credit")
    answer = clerk.submit(page, {"correct-reason": "Alt cumpărător"}, action="/correct")
    assert answer.path.startswith("/admin/documents/inv_")
    assert totals() == [-18_150]
    assert len(billing.documents(DocumentKind.INVOICE)) == 2


def test_support_may_not(another_visitor, invoice):
    other = another_visitor().sign_in(users.make_staff(StaffRole.SUPPORT))
    assert other.get(f"/admin/documents/{invoice}/credit").status == 403
