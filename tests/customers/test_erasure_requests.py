"""Case I16: requests to be erased are answered within a month, by who may, and about the own customer alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import MemberRole, StaffRole
from praho.customers.services import erasure_requests
from praho.models.customers import ErasureChannel, ErasureRequest, ErasureState
from tests.factories import customers, users

PASSWORD = "o propoziție destul de lungă"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(date(2025, 1, 31), date(2025, 2, 28), id="I16-month-end"),
        pytest.param(date(2028, 1, 31), date(2028, 2, 29), id="I16-leap-day"),
        pytest.param(date(2024, 2, 29), date(2024, 3, 29), id="I16-from-leap-day"),
        pytest.param(date(2027, 1, 31), date(2027, 3, 1), id="I16-ends-on-a-sunday"),
        pytest.param(date(2026, 3, 31), date(2026, 4, 30), id="I16-thirty-days"),
        pytest.param(date(2026, 11, 1), date(2026, 12, 2), id="I16-ends-on-the-national-day"),
        pytest.param(date(2026, 11, 25), date(2026, 12, 28), id="I16-ends-at-christmas"),
        pytest.param(date(2025, 12, 31), date(2026, 2, 2), id="I16-over-new-year"),
    ],
)
def test_the_answer_is_due_a_month_after_the_request(received, due):
    assert erasure_requests.answer_due(received) == due


def requests():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ErasureRequest).order_by(ErasureRequest.id)))


def test_staff_record_a_request_and_see_it_where_they_look(app, another_visitor):
    staff = another_visitor().sign_in(users.make_staff())
    customer = customers.make_person(name="Ioana Ardelean")
    address = f"/admin/customers/{customer.public_id}/erasure-requests/new"
    looked = staff.get(f"/admin/customers/{customer.public_id}/erasure-requests/newest")
    assert looked.leads_to("/erasure-requests/new")
    received = clock.today() - timedelta(days=26)
    form = staff.get(address)
    refused = staff.submit(form, {"received_on": (clock.today() + timedelta(days=1)).isoformat()})
    assert (refused.status, list(refused.errors)) == (422, ["received_on"])
    filled = {"channel": "letter", "received_on": received.isoformat()}
    page = staff.submit(form, filled)
    assert staff.submit(form, filled).path == page.path
    [row] = requests()
    assert page.path == f"/admin/erasure-requests/{row.public_id}"
    assert (row.channel, row.due_on) == (ErasureChannel.LETTER, erasure_requests.answer_due(received))
    assert "Ioana Ardelean" in staff.get("/admin/erasure-requests").text
    assert staff.get("/admin/").leads_to("/admin/erasure-requests")
    timeline = staff.get(f"/admin/customers/{customer.public_id}/timeline").text
    assert "A cerut ștergerea datelor" in timeline
    assert staff.get(address).status == 200
    assert staff.submit(staff.get(address), filled).status == 409


def test_a_request_is_refused_with_a_reason_that_the_customer_reads(app, another_visitor, mails):
    admin, support = (
        another_visitor().sign_in(users.make_staff(role)) for role in (StaffRole.ADMIN, StaffRole.SUPPORT)
    )
    customer = customers.make_person(email="ea@client.example")
    support.submit(
        support.get(f"/admin/customers/{customer.public_id}/erasure-requests/new"),
        {"received_on": clock.today().isoformat()},
    )
    [row] = requests()
    address = f"/admin/erasure-requests/{row.public_id}"
    for step in ("carry-out", "refuse"):
        assert not support.get(address).leads_to(step)
        assert support.post(f"{address}/{step}", {"checked": "y", "reason": "x"}).status == 403
    assert admin.submit(admin.get(f"{address}/refuse"), {"reason": " "}).status == 422
    page = admin.submit(admin.get(f"{address}/refuse"), {"reason": "Aveți un domeniu activ."})
    assert "Aveți un domeniu activ." in page.text
    [mail] = mails("ea@client.example")
    body = mail.get_body(("plain",)).get_content()
    assert "Aveți un domeniu activ." in body
    assert "ANSPDCP" in body
    assert admin.post(f"{address}/refuse", {"reason": "Încă o dată"}).status == 409
    assert admin.post(f"{address}/carry-out", {"checked": "y"}).path == address


def test_what_goes_is_shown_before_and_after(app, another_visitor):
    admin = another_visitor().sign_in(users.make_staff())
    customer = customers.make_person(name="Ioana Ardelean")
    customers.make_member(customer)
    admin.submit(
        admin.get(f"/admin/customers/{customer.public_id}/erasure-requests/new"),
        {"received_on": clock.today().isoformat()},
    )
    [row] = requests()
    address = f"/admin/erasure-requests/{row.public_id}"
    page = admin.get(f"{address}/carry-out")
    assert len(page.tree.xpath("//main//tbody/tr")) >= 4
    assert admin.submit(page).status == 422
    assert requests()[0].state is ErasureState.OPEN
    done = admin.submit(page, {"checked": "y"})
    assert done.path == address
    assert "Ioana Ardelean" not in done.text
    assert len(done.tree.xpath("//main//tbody/tr")) >= 4
    assert admin.get(f"/admin/customers/{customer.public_id}").status == 200
    assert not admin.get(f"/admin/customers/{customer.public_id}").leads_to("/edit")
    assert admin.post(f"/admin/customers/{customer.public_id}/close", {"reason": "Revine"}).status == 409


def test_an_owner_asks_in_the_portal_with_the_password(app, another_visitor):
    customer, neighbour = customers.make_person(), customers.make_customer()
    owner = users.make_user(password_hash=passwords.hash_password(PASSWORD))
    customers.make_member(customer, owner)
    person = another_visitor().sign_in(owner)
    address = f"/portal/{customer.public_id}/erasure"
    assert person.get(f"/portal/{customer.public_id}/profile").leads_to("/erasure")
    assert person.submit(person.get(address), {"password": "alta"}).status == 422
    page = person.submit(person.get(address), {"password": PASSWORD})
    assert page.status == 200
    [row] = requests()
    assert (row.channel, row.recorded_by, row.customer_id) == (ErasureChannel.PORTAL, owner.id, customer.id)
    assert not page.tree.xpath("//main//form[@method='post']")
    assert person.get(f"/portal/{neighbour.public_id}/erasure").status == 404
    assert person.post(f"/portal/{neighbour.public_id}/erasure", {"password": PASSWORD}).status == 404


def test_billing_members_do_not_ask_for_the_owner(app, another_visitor):
    customer, member = customers.make_person(), users.make_user()
    customers.make_member(customer, role=MemberRole.OWNER)
    customers.make_member(customer, member, MemberRole.BILLING)
    person = another_visitor().sign_in(member)
    assert person.get(f"/portal/{customer.public_id}/erasure").status == 403
    assert not person.get(f"/portal/{customer.public_id}/profile").leads_to("/erasure")


def test_the_day_of_a_request_is_bucharests(app, another_visitor):
    customer = customers.make_person()
    owner = users.make_user(password_hash=passwords.hash_password(PASSWORD))
    customers.make_member(customer, owner)
    person = another_visitor().sign_in(owner)
    with clock.moved_to(datetime(2027, 6, 30, 22, 30, tzinfo=UTC)):
        person.submit(person.get(f"/portal/{customer.public_id}/erasure"), {"password": PASSWORD})
    [row] = requests()
    assert (row.received_on, row.due_on) == (date(2027, 7, 1), date(2027, 8, 2))
