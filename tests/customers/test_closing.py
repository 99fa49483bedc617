"""Closing a customer: never while something of it lives or is owed, and never for good."""

import pytest

from praho.billing.payments.services import parking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.customers import Customer, CustomerState
from tests.factories import billing, catalogue, customers, domains, users


@pytest.fixture
def staff(app, another_visitor):
    return another_visitor().sign_in(users.make_staff(StaffRole.SUPPORT))


def state_of(customer):
    with entered(SystemScope("test")) as session:
        return session.get_one(Customer, customer.id).state


def test_a_customer_is_closed_and_opened_with_reasons(staff, another_visitor):
    customer = customers.make_customer()
    owner = users.make_user()
    customers.make_member(customer, owner)
    address = f"/admin/customers/{customer.public_id}"
    page = staff.submit(staff.get(f"{address}/close"), {"reason": "Firma s-a desființat."})
    assert page.path == address
    assert state_of(customer) is CustomerState.CLOSED
    assert not page.leads_to("/orders/new")
    assert another_visitor().sign_in(owner).get(f"/portal/{customer.public_id}/").status == 404

    staff.submit(staff.get(f"{address}/close"), {"reason": "Revine."})
    assert state_of(customer) is CustomerState.ACTIVE


def test_what_lives_or_is_owed_stands_in_the_way(staff):
    billing.make_seller()
    customer = customers.make_customer()
    registrar = catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR)
    domains.make_domain(customer, registrar, name="traieste.ro")
    billing.make_proforma(customer)
    address = f"/admin/customers/{customer.public_id}/close"
    page = staff.get(address)
    assert len(page.tree.xpath("//main//li")) >= 2
    assert not page.tree.xpath("//main//form[@method='post']")
    answer = staff.post(address, {"reason": "Totuși"})
    assert answer.status == 409
    assert state_of(customer) is CustomerState.ACTIVE


def test_parked_money_stands_in_the_way(staff):
    customer = customers.make_customer()
    with entered(SystemScope("test")), unit_of_work():
        parking.park(parking.Facts(parking.Reason.AMOUNT, None, None, customer_id=customer.id))
        parking.park(parking.Facts(parking.Reason.AMOUNT, None, None))
    answer = staff.post(f"/admin/customers/{customer.public_id}/close", {"reason": "Totuși"})
    assert answer.status == 409
    assert "O plată așteaptă o decizie." in answer.text
    assert state_of(customer) is CustomerState.ACTIVE


def test_a_reason_is_needed(staff):
    customer = customers.make_customer()
    page = staff.submit(staff.get(f"/admin/customers/{customer.public_id}/close"), {"reason": " "})
    assert page.status == 422
    assert state_of(customer) is CustomerState.ACTIVE


def test_those_with_the_same_cui_are_shown(staff):
    one = customers.make_customer(name="Sediul S.R.L.")
    customers.make_customer(name="Filiala S.R.L.", cui=one.cui)
    assert "Filiala S.R.L." in staff.get(f"/admin/customers/{one.public_id}").text
