"""The staff's accounts: invitations, roles, shutting out, and that somebody may always administer."""

import threading

import pytest

from praho.core import passwords
from praho.core.db.scope import StaffScope, SystemScope, entered, session
from praho.core.permissions import StaffRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.models.users import User
from praho.users.errors import LastAdmin
from praho.users.services import staff
from praho.users.web.admin import QUERY_BUDGETS
from tests.factories import users
from tests.fixtures.mails import link_in

PASSWORD = "o parola lunga 77"
STAFF = "/admin/staff"


@pytest.fixture
def admin(app):
    return users.make_staff(StaffRole.ADMIN, email="admin@firma.example", full_name="Admin Prim")


@pytest.fixture
def office(visitor, admin):
    """The administrator at a browser."""
    return visitor.sign_in(admin)


def role_of(user):
    with entered(SystemScope("test")):
        return session().get_one(User, user.id).staff_role


def invite(office, email="nou@firma.example", role="support"):
    return office.submit(office.get("/admin/staff/invite"), {"email": email, "role": role})


def test_an_invited_stranger_makes_an_account_and_joins(office, another_visitor, mails):
    assert invite(office, " Nou@Firma.example").path == STAFF
    (mail,) = mails("nou@firma.example")
    guest = another_visitor()
    page = guest.get(link_in(mail, "/staff-invitation/"))
    weak = guest.submit(page, {"full_name": "", "password": "parola"})
    assert (weak.status, set(weak.errors)) == (422, {"full_name", "password"})
    joined = guest.submit(weak, {"full_name": "Ion Nou", "password": PASSWORD})
    assert joined.path == "/account/two-step", "no admin page before the second factor"
    assert "Ion Nou" in office.get(STAFF).text
    assert guest.get(link_in(mail, "/staff-invitation/")).status == 410


def test_an_invited_customer_signs_in_to_join(office, another_visitor, mails):
    user = users.make_user(email="nou@firma.example", password_hash=passwords.hash_password(PASSWORD))
    invite(office)
    link = link_in(mails("nou@firma.example")[0], "/staff-invitation/")
    guest = another_visitor()
    page = guest.get(link)
    assert not page.leads_to("/accept")
    assert page.leads_to("/account/sign-in")
    guest.sign_in(user)
    done = guest.submit(guest.get(link), action="/accept")
    assert done.path == "/account/sign-in", "the new powers start with a new session"
    assert role_of(user) is StaffRole.SUPPORT


def test_an_invitation_is_for_its_address_alone(office, another_visitor, mails):
    users.make_user(email="nou@firma.example")
    invite(office)
    link = link_in(mails("nou@firma.example")[0], "/staff-invitation/")
    mallory = users.make_user()
    guest = another_visitor().sign_in(mallory)
    assert guest.post(f"{link}/accept").status == 403
    assert role_of(mallory) is None


def test_an_invitation_is_sent_again_under_a_fresh_link_and_withdrawn(office, another_visitor, mails):
    invite(office)
    page = office.get(STAFF)
    again = page.tree.xpath("//form/@action[contains(., '/again')]")[0]
    office.submit(page, action=again)
    first, second = (link_in(mail, "/staff-invitation/") for mail in mails("nou@firma.example"))
    guest = another_visitor()
    assert guest.get(first).status == 410
    assert guest.get(second).status == 200
    office.submit(page, action=again.replace("again", "withdraw"))
    assert guest.get(second).status == 410


@pytest.mark.parametrize(
    ("email", "already"), [("no address", False), ("admin@firma.example", False), ("nou@firma.example", True)]
)
def test_a_wrong_invitation_says_why(office, email, already):
    if already:
        invite(office)
    page = invite(office, email)
    assert (page.status, set(page.errors)) == (422, {"email"})
    assert page.values()["email"] == email


def test_roles_are_changed_and_end_the_sessions(office, another_visitor):
    colleague = users.make_staff(StaffRole.SUPPORT)
    at_work = another_visitor().sign_in(colleague)
    office.submit(office.get(STAFF), {"role": "billing"}, action=f"{colleague.public_id}/role")
    assert role_of(colleague) is StaffRole.BILLING
    assert at_work.get("/account/security").path == "/account/sign-in"
    office.submit(office.get(STAFF), {"role": ""}, action=f"{colleague.public_id}/role")
    assert role_of(colleague) is None


def test_a_role_that_does_not_exist_changes_nothing(office):
    colleague = users.make_staff(StaffRole.SUPPORT)
    office.post(f"{STAFF}/{colleague.public_id}/role", {"role": "emperor"})
    assert role_of(colleague) is StaffRole.SUPPORT


def test_shut_out_and_let_in_again(office, another_visitor):
    colleague = users.make_staff(StaffRole.SUPPORT)
    at_work = another_visitor().sign_in(colleague)
    page = office.get(STAFF)
    page = office.submit(page, action=f"{colleague.public_id}/shut")
    assert at_work.get("/account/security").path == "/account/sign-in"
    office.submit(page, action=f"{colleague.public_id}/open")
    assert at_work.sign_in(colleague).get("/account/security").path == "/account/security"


def test_nobody_does_it_to_themselves(office, admin):
    for path, values in (("role", {"role": "support"}), ("shut", {}), ("second-factor/reset", {})):
        office.post(f"{STAFF}/{admin.public_id}/{path}", values)
    assert role_of(admin) is StaffRole.ADMIN
    assert office.get(STAFF).status == 200


def test_a_customer_is_no_member_of_the_staff(office):
    customer = users.make_user()
    assert office.post(f"{STAFF}/{customer.public_id}/role", {"role": "admin"}).status == 404
    assert role_of(customer) is None


def test_two_administrators_who_demote_each_other_leave_one(live_db, app):
    pair = [users.make_staff(StaffRole.ADMIN) for _ in range(2)]
    outcomes = []
    start = threading.Barrier(2)

    def demote(one, other):
        me = Principal(ActorKind.STAFF, one.full_name, user_id=one.id)
        with acting_as(me), entered(StaffScope(one.id)):
            start.wait()
            try:
                staff.change_role(other.public_id, StaffRole.SUPPORT)
                outcomes.append("done")
            except LastAdmin:
                outcomes.append("refused")

    threads = [threading.Thread(target=demote, args=args) for args in (tuple(pair), tuple(reversed(pair)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert sorted(str(role_of(user)) for user in pair) == ["admin", "support"]


@pytest.mark.parametrize(
    ("role", "status", "buttons"),
    [
        (StaffRole.AUDITOR, 200, False),
        (StaffRole.BILLING, 403, False),
        (StaffRole.SUPPORT, 403, False),
        (StaffRole.TECHNICIAN, 403, False),
    ],
)
def test_who_may_look_and_who_may_act(visitor, admin, role, status, buttons):
    visitor.sign_in(users.make_staff(role))
    page = visitor.get(STAFF)
    assert page.status == status
    assert page.leads_to("/admin/staff/invite") is buttons
    assert visitor.get("/admin/staff/invite").status == 403
    for path in ("role", "shut", "open", "second-factor/reset"):
        assert visitor.post(f"{STAFF}/{admin.public_id}/{path}").status == 403


def test_the_list_asks_as_much_for_many_as_for_few(office, count_queries):
    def cost():
        with count_queries() as counted:
            assert office.get(STAFF).status == 200
        return counted.count

    office.get(STAFF)
    for _ in range(10):
        users.make_staff(StaffRole.SUPPORT)
    few = cost()
    for _ in range(190):
        users.make_staff(StaffRole.SUPPORT)
    assert cost() == few <= QUERY_BUDGETS["users_admin.staff_list"]
