"""Password → second factor → session; wrong tries; the limits; whose browser it is."""

import pyotp
import pytest

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.audit import AuditEvent
from praho.models.users import User, UserSession
from tests.factories import users

PASSWORD = "o parola lunga 77"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECURITY = "/account/security"


@pytest.fixture
def ana(app):
    return users.make_user(email="ana@client.example", password_hash=passwords.hash_password(PASSWORD))


def with_second_factor(user):
    with entered(SystemScope("test")), unit_of_work() as database:
        row = database.get_one(User, user.id)
        row.totp_secret = SECRET
        row.totp_confirmed_at = clock.now()
    return user


def sign_in(visitor, password=PASSWORD, email="ana@client.example", path="/account/sign-in?next=/account/security"):
    return visitor.submit(visitor.get(path), {"email": email, "password": password})


def code():
    return pyotp.TOTP(SECRET).now()


def test_the_right_password_opens_a_session(visitor, ana):
    page = sign_in(visitor, email=" Ana@Client.EXAMPLE ")
    assert (page.status, page.path) == (200, SECURITY)
    assert visitor.get("/account/sign-in?next=/account/profile").path == "/account/profile"


def test_an_answer_that_changes_nothing_leaves_the_session_of_the_browser_alone(app, visitor, ana):
    """A page that looks for news may be answered after its reader chose something in another one."""
    sign_in(visitor)
    visitor.get("/")
    names = [
        header.partition("=")[0] for header in visitor.get("/account/profile").response.headers.getlist("Set-Cookie")
    ]
    assert app.config["SESSION_COOKIE_NAME"] not in names


def test_a_wrong_password_and_no_account_look_the_same(visitor, another_visitor, ana):
    wrong = sign_in(visitor, "not the password")
    nobody = sign_in(another_visitor(), "not the password", email="nimeni@client.example")
    assert (wrong.status, nobody.status) == (422, 422)
    assert wrong.text == nobody.text
    assert wrong.values()["email"] == "ana@client.example"
    assert wrong.values()["password"] == ""


def test_who_has_no_account_costs_as_much_work_as_who_has(app, ana, monkeypatch, visitor):
    seen = []
    verify = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda stored, typed: seen.append(stored) or verify(stored, typed))
    sign_in(visitor, "not the password")
    sign_in(visitor, "not the password", email="nimeni@client.example")
    assert len(seen) == 2


@pytest.mark.parametrize("values", [{"active": False}, {"password_hash": None}])
def test_a_shut_account_and_one_without_password_stay_closed(app, visitor, values):
    values = {"password_hash": passwords.hash_password(PASSWORD), **values}
    users.make_user(email="ana@client.example", **values)
    assert sign_in(visitor).status == 422
    assert visitor.get(SECURITY).path.startswith("/account/sign-in")


def test_with_a_second_factor_the_password_alone_opens_nothing(visitor, ana):
    with_second_factor(ana)
    page = sign_in(visitor)
    assert page.path.startswith("/account/second-factor")
    for path in (SECURITY, "/account/profile", "/account/two-step", "/portal/cus_x/", "/admin/"):
        assert visitor.get(path).path.startswith(("/account/sign-in", "/account/second-factor")), path
    wrong = visitor.submit(page, {"code": "000000"})
    assert (wrong.status, set(wrong.errors)) == (422, {"code"})
    done = visitor.submit(wrong, {"code": code()})
    assert (done.status, done.path) == (200, SECURITY)


def test_the_token_of_before_the_factor_is_worth_nothing_after_it(visitor, another_visitor, ana):
    with_second_factor(ana)
    page = sign_in(visitor)
    before = visitor.kept("sid")
    visitor.submit(page, {"code": code()})
    thief = another_visitor()
    thief.keep("sid", before)
    assert thief.get(SECURITY).path.startswith("/account/sign-in")
    assert thief.get("/account/second-factor").path.startswith("/account/sign-in")


def test_a_one_time_code_works_once(visitor, another_visitor, ana):
    with_second_factor(ana)
    seen = code()
    assert visitor.submit(sign_in(visitor), {"code": seen}).path == SECURITY
    assert another_visitor().get("/").status in (200, 404)
    other = another_visitor()
    assert other.submit(sign_in(other), {"code": seen}).status == 422


def test_a_session_given_before_signing_in_is_not_the_one_after(visitor, ana):
    visitor.keep("sid", "planted by somebody")
    sign_in(visitor)
    assert visitor.kept("sid") != "planted by somebody"


def test_signing_out_ends_the_session_for_whoever_holds_its_token(visitor, another_visitor, ana):
    page = sign_in(visitor)
    token = visitor.kept("sid")
    visitor.post("/account/sign-out")
    assert visitor.get(SECURITY).path.startswith("/account/sign-in")
    thief = another_visitor()
    thief.keep("sid", token)
    assert thief.get(SECURITY).path.startswith("/account/sign-in")
    assert page.status == 200


def test_signing_out_by_a_link_is_refused(visitor, ana):
    sign_in(visitor)
    assert visitor.get("/account/sign-out").status == 405
    assert visitor.get(SECURITY).path == SECURITY


def test_somebody_elsewhere_cannot_lock_the_owner_out(another_visitor, ana):
    attacker, owner = another_visitor("203.0.113.9"), another_visitor("198.51.100.4")
    answers = [sign_in(attacker, "wrong").status for _ in range(10)]
    assert 429 in answers
    assert answers.index(429) >= 5
    assert sign_in(attacker).status == 429, "even the right password waits there"
    assert sign_in(owner).path == SECURITY


def test_the_owners_own_browser_is_let_in_while_lists_are_tried(another_visitor, ana):
    home = another_visitor("198.51.100.4")
    sign_in(home)
    home.post("/account/sign-out")
    for _ in range(9):
        sign_in(another_visitor("198.51.100.4"), "wrong")
    assert sign_in(another_visitor("198.51.100.4")).status == 429
    assert sign_in(home).path == SECURITY


def test_the_limit_says_when_to_come_back(visitor, ana):
    for _ in range(9):
        page = sign_in(visitor, "wrong")
    assert page.status == 429
    assert page.values()["email"] == "ana@client.example"


def test_codes_are_limited_too(visitor, ana):
    with_second_factor(ana)
    page = sign_in(visitor)
    answers = [visitor.submit(page, {"code": "000000"}).status for _ in range(10)]
    assert answers[:5] == [422] * 5
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_on_stays_on_this_site(visitor, ana, target):
    page = visitor.get(f"/account/sign-in?next={target}")
    answer = visitor.submit(page, {"email": "ana@client.example", "password": PASSWORD}, follow=False)
    assert "evil" not in answer.response.headers["Location"]
    assert "javascript" not in answer.response.headers["Location"]


def test_staff_are_led_to_the_second_factor_before_any_admin_page(visitor, app):
    users.make_staff(StaffRole.ADMIN, email="ana@client.example", password_hash=passwords.hash_password(PASSWORD))
    page = sign_in(visitor, path="/account/sign-in?next=/admin/staff")
    assert page.path.startswith("/account/two-step"), "who has none sets one up first"
    secret = page.tree.xpath("//main//code/text()")[0]
    done = visitor.submit(page, {"code": pyotp.TOTP(secret).now(), "password": PASSWORD})
    assert done.path.startswith("/account/recovery-codes")
    assert len(done.tree.xpath("//ul[@data-recovery-codes]//code")) == 10
    assert visitor.get("/admin/staff").status == 200


def test_signing_in_is_recorded_as_the_users_own_act(visitor, ana):
    sign_in(visitor)
    with entered(SystemScope("test")):
        event = session().query(AuditEvent).filter_by(action="user.signed_in").one()
    assert (event.actor_id, event.actor_name, event.ip) == (ana.id, ana.full_name, "127.0.0.1")


def test_a_session_that_waits_for_the_factor_does_not_wait_long(app, visitor, ana):
    with_second_factor(ana)
    sign_in(visitor)
    with entered(SystemScope("test")):
        row = session().query(UserSession).one()
        assert (row.expires_at - row.created_at).total_seconds() == 900
