"""Groups of customers and discounts of their own: what holds, who may say so, and that it is on record."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Invalid
from praho.core.permissions import StaffRole
from praho.customers.services import standings
from praho.customers.types import StandingInput
from praho.customers.web import admin_standings
from praho.models.audit import AuditEvent
from tests.factories import customers, users
from tests.factories.discounts import give_standing, make_group


def held(customer):
    with entered(SystemScope("test")):
        return standings.of_customer(customer.id)


@pytest.mark.parametrize(
    ("own", "in_group", "discount", "with_domains"),
    [
        (None, False, None, False),
        (None, True, Decimal(10), True),
        (5, True, Decimal(5), False),
        (30, False, Decimal(30), False),
    ],
)
def test_a_discount_of_ones_own_takes_the_place_of_the_groups(db, domains, own, in_group, discount, with_domains):
    customer = customers.make_customer()
    group = make_group(10, with_domains=True) if in_group else ""
    give_standing(customer, own, group)
    assert (held(customer).discount, held(customer).with_domains) == (discount, with_domains)


def test_who_never_had_anything_pays_the_list_price(db, domains):
    assert held(customers.make_customer()).discount is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (StandingInput("cgr_nobody", None, with_domains=False, reason=""), "group_id"),
        (StandingInput("", Decimal(0), with_domains=False, reason="Da"), "percent"),
        (StandingInput("", Decimal("100.5"), with_domains=False, reason="Da"), "percent"),
        (StandingInput("", Decimal(5), with_domains=False, reason=" "), "reason"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(db, domains, typed, field):
    customer = customers.make_customer()
    with pytest.raises(Invalid) as caught, entered(SystemScope("test")):
        standings.set_standing(customer.public_id, typed)
    assert list(caught.value.fields) == [field]


def test_staff_make_a_group_and_put_a_customer_into_it(app, visitor):
    customer = customers.make_customer(name="Școala Mică S.R.L.")
    billing = visitor.sign_in(users.make_staff(StaffRole.BILLING))
    assert billing.get("/admin/customers/groups").status == 200
    page = billing.submit(billing.get("/admin/customers/groups/new"), {"name": "Școli", "percent": "12,5%"})
    group = page.path.rpartition("/")[2]
    assert "12,5%" in page.text
    wrong = billing.submit(billing.get("/admin/customers/groups/new"), {"name": "Școli", "percent": "mult"})
    assert (wrong.status, set(wrong.errors), wrong.values()["percent"]) == (422, {"percent"}, "mult")
    page = billing.submit(billing.get("/admin/customers/groups/new"), {"name": "Școli"})
    assert (page.status, set(page.errors)) == (422, {"name"})
    billing.submit(billing.get(f"/admin/customers/groups/{group}/edit"), {"percent": "15"})
    page = billing.submit(billing.get(f"/admin/customers/{customer.public_id}/discount"), {"group_id": group})
    assert page.leads_to("/standing")
    assert "Școli" in billing.get(f"/admin/customers/{customer.public_id}/standing").text
    assert held(customer).discount == 15
    assert "Școala Mică" in billing.get(f"/admin/customers/groups/{group}").text
    with entered(SystemScope("test")) as session:
        actions = list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert {"customers.group.create", "customers.group.change", "customer.standing"} <= set(actions)


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.TECHNICIAN])
def test_who_does_not_look_after_money_sees_and_changes_nothing(app, visitor, role):
    customer = customers.make_customer()
    staff = visitor.sign_in(users.make_staff(role))
    assert not staff.get("/admin/customers/groups").leads_to("/groups/new")
    assert staff.get(f"/admin/customers/{customer.public_id}/discount").status == 403


def test_the_lists_ask_the_same_for_many_as_for_one(app, visitor, count_queries):
    group = make_group(10)
    for _each in range(3):
        give_standing(customers.make_customer(), group_id=group)
    staff = visitor.sign_in(users.make_staff(StaffRole.BILLING))
    addresses = {"groups": "/admin/customers/groups", "group": f"/admin/customers/groups/{group}"}
    for name, path in addresses.items():
        staff.get(path)
        with count_queries() as counted:
            staff.get(path)
        assert counted.count <= admin_standings.QUERY_BUDGETS[f"customers_standings_admin.{name}"]
