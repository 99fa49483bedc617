"""Customers in the admin: the list, a new one, its pages and what staff write down."""

import pytest

from praho.core.db.scope import SystemScope, entered, session
from praho.core.permissions import MemberRole, StaffRole
from praho.customers.services import members, notes, profiles, reading
from praho.customers.web import admin, admin_people
from praho.models.audit import AuditEvent
from praho.models.customers import Customer
from tests.customers.test_account_pages import COMPANY
from tests.factories import customers, users
from tests.fixtures.mails import link_in

LIST = "/admin/customers"


@pytest.fixture
def office(visitor, app):
    """Support staff at a browser."""
    return visitor.sign_in(users.make_staff(StaffRole.SUPPORT, full_name="Dan Suport"))


@pytest.fixture
def customer(app):
    return customers.make_customer(name="Țiglă S.R.L.", phone="+40721234567")


@pytest.fixture
def page_of(customer):
    return f"{LIST}/{customer.public_id}"


def test_the_list_searches_filters_and_turns_pages(office, app):
    for number in range(30):
        customers.make_customer(name=f"Firma {number:02}")
    customers.make_person(name="Ștefan Popescu")
    page = office.get(f"{LIST}?sort=name")
    assert "Firma 00" in page.text
    assert "Firma 29" not in page.text
    following = page.tree.xpath("//main//a[@rel='next']/@href")[0]
    assert "Ștefan Popescu" in office.get(following).text
    assert "Ștefan Popescu" in office.get(f"{LIST}?kind=person").text
    assert "Firma 07" in office.get(f"{LIST}?q=firma+07").text
    assert "Firma 08" not in office.get(f"{LIST}?q=firma+07").text
    assert office.get(f"{LIST}?q=nimeni&kind=nonsense&sort=nonsense&cursor=nonsense").status == 200


def test_an_empty_house_says_what_to_do(office):
    assert office.get(LIST).leads_to("/admin/customers/new")


def test_staff_enter_a_customer_and_invite_the_owner(office, another_visitor, mails):
    page = office.get(f"{LIST}/new")
    wrong = office.submit(page, {**COMPANY, "cui": "1", "locale": "ro", "owner_email": "patron@tigla.example"})
    assert (wrong.status, set(wrong.errors)) == (422, {"cui"})
    assert wrong.values()["owner_email"] == "patron@tigla.example"
    office.submit(wrong, {"cui": "14399840"})
    with entered(SystemScope("test")):
        (made,) = session().query(Customer)
    guest = another_visitor()
    joining = guest.get(link_in(mails("patron@tigla.example")[0], "/invitation/"))
    guest.submit(joining, {"full_name": "Patron", "password": "o parola lunga 77"})
    (owner,) = reading.active_members(made.id)
    assert (owner.email, owner.role) == ("patron@tigla.example", MemberRole.OWNER)


def test_a_wrong_owner_is_refused_and_no_customer_is_made(office):
    page = office.submit(office.get(f"{LIST}/new"), {**COMPANY, "owner_email": "no address"})
    assert (page.status, set(page.errors)) == (422, {"owner_email"})
    with entered(SystemScope("test")):
        assert session().query(Customer).count() == 0


def test_staff_change_a_profile(office, customer, page_of):
    office.submit(office.get(f"{page_of}/edit"), {"name": "Olane S.A."})
    with entered(SystemScope("test")):
        assert profiles.billing_profile(customer.id).name == "Olane S.A."
        event = session().query(AuditEvent).filter_by(action="customer.changed").one()
    assert (event.actor_kind, event.actor_name, event.customer_id) == ("staff", "Dan Suport", customer.id)


def test_notes_are_for_staff_alone(office, another_visitor, customer, page_of):
    empty = office.submit(office.get(f"{page_of}/notes"), {"body": " "})
    assert (empty.status, set(empty.errors)) == (422, {"body"})
    office.submit(empty, {"body": "Plătește târziu."})
    with entered(SystemScope("test")):
        (note,) = reading.notes(customer.id)
        assert (note.author, note.body) == ("Dan Suport", "Plătește târziu.")
        told = str([event.changes for event in session().query(AuditEvent)])
    assert "târziu" not in told
    owner = users.make_user()
    customers.make_member(customer, owner)
    at_home = another_visitor().sign_in(owner)
    for path in ("", "profile", "members"):
        assert "târziu" not in at_home.get(f"/portal/{customer.public_id}/{path}").body


def test_the_portals_role_cannot_read_notes(live_db, app, customer):
    with live_db.as_portal(customer.id) as connection, pytest.raises(Exception, match="permission denied"):
        connection.exec_driver_sql("SELECT * FROM customers_note")


def test_staff_look_after_contacts_and_members(office, customer, page_of, mails):
    nobodys = {"name": "D", "email": "d@x.example", "billing": None}
    page = office.submit(office.get(f"{page_of}/contacts/new"), nobodys)
    assert (page.status, set(page.errors)) == (422, {"billing"})
    office.submit(page, {"billing": "y"})
    with entered(SystemScope("test")):
        (contact,) = reading.contacts(customer.id)
    office.submit(office.get(f"{page_of}/contacts/{contact.public_id}"), {"name": "Doina"})
    office.post(f"{page_of}/contacts/{contact.public_id}/remove")
    with entered(SystemScope("test")):
        assert reading.contacts(customer.id) == []
    listed = office.submit(office.get(f"{page_of}/members/invite"), {"email": "nou@x.example", "role": "owner"})
    again = listed.tree.xpath("//form/@action[contains(., '/again')]")[0]
    office.submit(listed, action=again)
    assert len(mails("nou@x.example")) == 2
    office.submit(listed, action=again.replace("again", "withdraw"))
    member = customers.make_member(customer, role=MemberRole.VIEWER)
    customers.make_member(customer)
    listed = office.get(f"{page_of}/members")
    office.submit(listed, {"role": "billing"}, action=f"{member.public_id}/role")
    assert members.membership(member.user_id, customer.public_id).role is MemberRole.BILLING
    office.submit(listed, action=f"{member.public_id}/remove")
    assert members.membership(member.user_id, customer.public_id) is None


def test_a_contact_of_another_customer_is_not_found_under_this_one(office, customer, page_of):
    other = customers.make_customer()
    office.submit(
        office.get(f"{LIST}/{other.public_id}/contacts/new"), {"name": "D", "email": "d@x.example", "billing": "y"}
    )
    with entered(SystemScope("test")):
        (contact,) = reading.contacts(other.id)
    assert office.get(f"{page_of}/contacts/{contact.public_id}").status == 404
    assert office.post(f"{page_of}/contacts/{contact.public_id}/remove").status == 404


MAY = {
    "": set(StaffRole),
    "/new": {StaffRole.ADMIN, StaffRole.BILLING, StaffRole.SUPPORT},
    "/{id}/edit": {StaffRole.ADMIN, StaffRole.BILLING, StaffRole.SUPPORT},
    "/{id}/notes": {StaffRole.ADMIN, StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.TECHNICIAN},
    "/{id}/contacts/new": {StaffRole.ADMIN, StaffRole.BILLING, StaffRole.SUPPORT},
    "/{id}/members": set(StaffRole),
    "/{id}/members/invite": {StaffRole.ADMIN, StaffRole.BILLING, StaffRole.SUPPORT},
}


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_sees_what_it_may(visitor, customer, role):
    visitor.sign_in(users.make_staff(role))
    for path, allowed in MAY.items():
        answer = visitor.get(LIST + path.format(id=customer.public_id))
        assert answer.status == (200 if role in allowed else 403), path


def test_a_note_in_an_unknown_customers_name_is_not_kept(office):
    assert office.get(f"{LIST}/cus_unknown/notes").status == 404
    assert notes.LONGEST == 4000


def test_the_lists_ask_as_much_for_many_as_for_few(office, customer, page_of, count_queries):
    def cost(path):
        office.get(path)
        with count_queries() as counted:
            assert office.get(path).status == 200
        return counted.count

    for _ in range(10):
        customers.make_customer()
        customers.make_member(customer)
    few = cost(LIST), cost(f"{page_of}/members")
    for _ in range(40):
        customers.make_customer()
        customers.make_member(customer)
    assert (cost(LIST), cost(f"{page_of}/members")) == few
    assert few[0] <= admin.QUERY_BUDGETS["customers_admin.customers"]
    assert few[1] <= admin_people.QUERY_BUDGETS["customers_people_admin.member_list"]
