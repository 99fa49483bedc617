"""A customer's own pages: profile, contacts and members, by role, and never another customer's."""

import pytest

from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole
from praho.customers.services import contacts, inviting, members, profiles, reading
from praho.customers.types import ContactInput
from praho.customers.web import portal as profile_pages
from praho.customers.web import portal_members
from praho.models.audit import AuditEvent
from praho.models.customers import Customer, CustomerState
from praho.models.users import User
from tests.factories import customers, users


@pytest.fixture
def customer(app):
    return customers.make_customer(name="Țiglă S.R.L.", phone="+40721234567")


@pytest.fixture
def portal(customer):
    return f"/portal/{customer.public_id}"


@pytest.fixture
def owner(customer):
    user = users.make_user(full_name="Ana Pop", email="ana@client.example")
    customers.make_member(customer, user)
    return user


@pytest.fixture
def at_home(visitor, owner):
    """The owner at a browser."""
    return visitor.sign_in(owner)


def profile_of(customer):
    with entered(SystemScope("test")):
        return profiles.billing_profile(customer.id, with_cnp=True)


def actions():
    with entered(SystemScope("test")):
        return [event.action for event in session().query(AuditEvent).order_by(AuditEvent.id)]


def test_the_profile_is_shown_and_changed(at_home, customer, portal):
    assert "Țiglă S.R.L." in at_home.get(f"{portal}/profile").text
    page = at_home.get(f"{portal}/profile/edit")
    done = at_home.submit(page, {"name": "Țiglă Nouă S.R.L.", "county": "RO-B", "city": "Sector 6", "locale": "en"})
    assert done.path == f"{portal}/profile"
    assert "Sector 6" in done.text
    profile = profile_of(customer)
    assert (profile.name, profile.address.city, profile.locale) == ("Țiglă Nouă S.R.L.", "SECTOR6", "en")
    with entered(SystemScope("test")):
        event = session().query(AuditEvent).filter_by(action="customer.changed").one()
    assert event.changes["name"] == ["Țiglă S.R.L.", "Țiglă Nouă S.R.L."]
    assert event.customer_id == customer.id


def test_saving_what_is_there_already_is_no_event(at_home, portal):
    at_home.submit(at_home.get(f"{portal}/profile/edit"))
    assert "customer.changed" not in actions()


def test_a_refused_profile_keeps_what_was_typed(at_home, customer, portal):
    page = at_home.submit(at_home.get(f"{portal}/profile/edit"), {"name": "Altul", "cui": "14399841"})
    assert (page.status, set(page.errors)) == (422, {"cui"})
    assert (page.values()["name"], page.values()["cui"]) == ("Altul", "14399841")
    assert profile_of(customer).name == "Țiglă S.R.L."


def test_a_personal_code_is_write_only(visitor, app):
    person = customers.make_person()
    visitor.sign_in(users.make_user())
    customers.make_member(person, visitor_user(visitor))
    edit = f"/portal/{person.public_id}/profile/edit"
    base = {"phone": "0721234567", "cnp": "1630615123457"}
    visitor.submit(visitor.get(edit), base)
    assert profile_of(person).cnp == "1630615123457"
    page = visitor.get(edit)
    assert "1630615123457" not in page.body
    assert "457" in visitor.get(f"/portal/{person.public_id}/profile").text
    visitor.submit(page, {"name": "Alt Nume"})
    assert profile_of(person).cnp == "1630615123457", "left empty, it is kept"
    visitor.submit(visitor.get(edit), {"forget_cnp": "y"})
    assert profile_of(person).cnp is None
    with entered(SystemScope("test")):
        told = str([event.changes for event in session().query(AuditEvent)])
    assert "1630615123457" not in told


def visitor_user(visitor):
    from praho.users.services import sessions

    principal = sessions.principal_of(visitor.kept("sid"), ip=None)
    with entered(SystemScope("test")):
        return session().get_one(User, principal.user_id)


def test_contacts_are_added_changed_and_removed(at_home, customer, portal):
    new = f"{portal}/contacts/new"
    page = at_home.submit(at_home.get(new), {"name": "", "email": "x", "phone": "1", "billing": None})
    assert (page.status, set(page.errors)) == (422, {"name", "email", "phone", "billing"})
    added = at_home.submit(page, {"name": "Doina", "email": "doina@conta.example", "phone": "", "billing": "y"})
    assert "doina@conta.example" in added.text
    (contact,) = contacts_of(customer)
    page = at_home.get(f"{portal}/contacts/{contact.public_id}")
    at_home.submit(page, {"name": "Maria", "billing": None, "technical": "y"})
    (contact,) = contacts_of(customer)
    assert (contact.name, contact.billing, contact.technical) == ("Maria", False, True)
    at_home.submit(at_home.get(f"{portal}/profile"), action=f"{contact.public_id}/remove")
    assert contacts_of(customer) == []
    assert actions()[-3:] == ["contact.added", "contact.changed", "contact.removed"]


def contacts_of(customer):
    with entered(SystemScope("test")):
        return reading.contacts(customer.id)


def test_members_are_invited_and_their_invitations_looked_after(at_home, customer, portal, mails):
    page = at_home.submit(at_home.get(f"{portal}/members/invite"), {"email": "nou@client.example", "role": "technical"})
    assert page.path == f"{portal}/members"
    assert "nou@client.example" in page.text
    again = page.tree.xpath("//form/@action[contains(., '/again')]")[0]
    page = at_home.submit(page, action=again)
    assert len(mails("nou@client.example")) == 2
    page = at_home.submit(page, action=again.replace("again", "withdraw"))
    assert "nou@client.example" not in page.text


def test_an_invitation_tells_nothing_about_accounts_elsewhere(at_home, portal):
    users.make_user(email="cunoscut@alta.example")
    invite = f"{portal}/members/invite"
    known = at_home.submit(at_home.get(invite), {"email": "cunoscut@alta.example"})
    unknown = at_home.submit(at_home.get(invite), {"email": "nimeni@alta.example"})
    assert (known.status, known.path) == (unknown.status, unknown.path)
    assert "Persoana" not in known.text


@pytest.mark.parametrize("email", ["ana@client.example", "nou@client.example", "no address"])
def test_a_wrong_invitation_says_why_within_ones_own_house(at_home, customer, portal, email):
    inviting.invite(customer.id, "nou@client.example", MemberRole.VIEWER)
    page = at_home.submit(at_home.get(f"{portal}/members/invite"), {"email": email})
    assert (page.status, set(page.errors)) == (422, {"email"})


def test_roles_are_changed_and_access_is_taken_away(at_home, another_visitor, customer, portal):
    colleague = customers.make_member(customer, role=MemberRole.VIEWER)
    theirs = another_visitor().sign_in(user_of(colleague))
    assert theirs.get(f"{portal}/profile/edit").status == 403
    page = at_home.get(f"{portal}/members")
    page = at_home.submit(page, {"role": "billing"}, action=f"{colleague.public_id}/role")
    assert theirs.get(f"{portal}/profile/edit").status == 200
    at_home.submit(page, action=f"{colleague.public_id}/remove")
    assert theirs.get(f"{portal}/profile").status == 404


def user_of(member):
    with entered(SystemScope("test")):
        return session().get_one(User, member.user_id)


def test_the_last_owner_stays(at_home, owner, customer, portal):
    (own,) = [row for row in reading.active_members(customer.id) if row.user_id == owner.id]
    at_home.submit(at_home.get(f"{portal}/members"), {"role": "viewer"}, action=f"{own.public_id}/role")
    at_home.submit(at_home.get(f"{portal}/members"), action="/leave")
    at_home.post(f"{portal}/members/{own.public_id}/remove")
    assert members.membership(owner.id, customer.public_id).role is MemberRole.OWNER
    customers.make_member(customer)
    at_home.submit(at_home.get(f"{portal}/members"), action="/leave")
    assert members.membership(owner.id, customer.public_id) is None


ROLES = {
    "profile": set(MemberRole),
    "profile/edit": {MemberRole.OWNER, MemberRole.BILLING},
    "contacts/new": {MemberRole.OWNER, MemberRole.BILLING},
    "members": set(MemberRole),
    "members/invite": {MemberRole.OWNER},
}


@pytest.mark.parametrize("role", MemberRole)
def test_each_role_sees_what_it_may(visitor, customer, portal, role):
    member = customers.make_member(customer, role=role)
    visitor.sign_in(user_of(member))
    for path, allowed in ROLES.items():
        assert visitor.get(f"{portal}/{path}").status == (200 if role in allowed else 403), path
    posts = {"members/x/role": {MemberRole.OWNER}, "members/invitations/x/again": {MemberRole.OWNER}}
    for path, allowed in posts.items():
        answer = visitor.post(f"{portal}/{path}", {"role": "viewer"})
        assert answer.status == (404 if role in allowed else 403), path


def test_another_customers_things_do_not_exist(at_home, portal):
    other = customers.make_customer()
    contact_id = contacts.add(other.id, ContactInput("Doina", "doina@alta.example", billing=True))
    member = customers.make_member(other)
    invitation = inviting.invite(other.id, "nou@alta.example", MemberRole.VIEWER)
    assert at_home.get(f"/portal/{other.public_id}/profile").status == 404
    assert at_home.get(f"{portal}/contacts/{contact_id}").status == 404
    for path in (
        f"contacts/{contact_id}/remove",
        f"members/{member.public_id}/role",
        f"members/{member.public_id}/remove",
        f"members/invitations/{invitation}/again",
        f"members/invitations/{invitation}/withdraw",
    ):
        assert at_home.post(f"{portal}/{path}", {"role": "viewer"}).status == 404, path
    assert members.membership(member.user_id, other.public_id) is not None


def test_two_tabs_with_two_customers_do_not_mix(at_home, owner, customer, portal):
    second = customers.make_customer(name="A Doua S.R.L.", phone="+40721234567")
    customers.make_member(second, owner)
    first_tab = at_home.get(f"{portal}/profile/edit")
    second_tab = at_home.get(f"/portal/{second.public_id}/profile/edit")
    at_home.submit(first_tab, {"name": "Prima S.R.L."})
    at_home.submit(second_tab, {"name": "A Treia S.R.L."})
    assert (profile_of(customer).name, profile_of(second).name) == ("Prima S.R.L.", "A Treia S.R.L.")


def test_a_closed_customer_is_closed_to_its_members(at_home, customer, portal):
    with entered(SystemScope("test")), unit_of_work() as database:
        database.get_one(Customer, customer.id).state = CustomerState.CLOSED
    assert at_home.get(f"{portal}/profile").status == 404


@pytest.mark.parametrize(
    ("path", "endpoint"), [("profile", "customers_portal.profile"), ("members", "customers_members_portal.member_list")]
)
def test_the_lists_ask_as_much_for_many_as_for_few(at_home, customer, portal, count_queries, path, endpoint):
    def cost():
        with count_queries() as counted:
            assert at_home.get(f"{portal}/{path}").status == 200
        return counted.count

    def fill(count):
        for _ in range(count):
            customers.make_member(customer, role=MemberRole.VIEWER)

    at_home.get(f"{portal}/{path}")
    fill(10)
    few = cost()
    fill(30)
    assert cost() == few <= {**profile_pages.QUERY_BUDGETS, **portal_members.QUERY_BUDGETS}[endpoint]
