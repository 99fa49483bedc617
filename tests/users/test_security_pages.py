"""One's own account: profile, sessions, the second factor and its recovery codes."""

import pyotp
import pytest
import time_machine

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.models.users import Theme, User, UserSession
from tests.factories import users

PASSWORD = "o parola lunga 77"
SECURITY = "/account/security"


@pytest.fixture
def ana(app):
    return users.make_user(email="ana@client.example", password_hash=passwords.hash_password(PASSWORD))


@pytest.fixture
def enrolled(visitor, ana):
    """Ana, with a second factor in force, at her browser; the codes that she was shown."""
    visitor.sign_in(ana)
    page = visitor.get("/account/two-step")
    secret = page.tree.xpath("//main//code/text()")[0]
    shown = visitor.submit(page, {"code": pyotp.TOTP(secret).now(), "password": PASSWORD})
    return secret, shown.tree.xpath("//ul[@data-recovery-codes]//code/text()")


def row_of(user):
    with entered(SystemScope("test")):
        return session().get_one(User, user.id)


def sign_in(visitor):
    page = visitor.get(f"/account/sign-in?next={SECURITY}")
    return visitor.submit(page, {"email": "ana@client.example", "password": PASSWORD})


def test_the_profile_keeps_name_language_and_theme(visitor, ana):
    visitor.sign_in(ana)
    page = visitor.get("/account/profile")
    done = visitor.submit(page, {"full_name": "  Ana   Ștefan ", "locale": "en", "theme": "dark"})
    assert (done.status, done.path) == (200, "/account/profile")
    assert "Your account" in done.text
    assert 'data-theme="praho-dark"' in done.body
    row = row_of(ana)
    assert (row.full_name, row.locale, row.theme) == ("Ana Ștefan", "en", Theme.DARK)


def test_a_profile_without_a_name_is_refused(visitor, ana):
    visitor.sign_in(ana)
    page = visitor.submit(visitor.get("/account/profile"), {"full_name": " "})
    assert (page.status, set(page.errors)) == (422, {"full_name"})


def test_the_language_of_the_menu_is_kept_for_who_is_signed_in(visitor, ana):
    assert "Sign in" in visitor.get("/account/language/en?next=/account/sign-in").text
    visitor.sign_in(ana)
    assert visitor.get(f"/account/language/en?next={SECURITY}").path == SECURITY
    assert row_of(ana).locale == "en"
    assert visitor.get(f"/account/language/xx?next={SECURITY}").path == SECURITY
    assert row_of(ana).locale == "en"


def test_the_theme_comes_along_at_sign_in(visitor, ana):
    with entered(SystemScope("test")), unit_of_work() as database:
        database.get_one(User, ana.id).theme = Theme.LIGHT
    assert 'data-theme="praho"' in sign_in(visitor).body


def test_an_unconfirmed_address_may_have_its_link_again(visitor, mails):
    visitor.sign_in(users.make_user(email="nou@client.example", email_confirmed_at=None))
    page = visitor.get("/account/profile")
    visitor.submit(page, action="/account/confirmation")
    assert len(mails("nou@client.example")) == 1


def test_other_browsers_are_listed_and_can_be_signed_out(visitor, another_visitor, ana):
    visitor.sign_in(ana)
    other = another_visitor("198.51.100.4").sign_in(ana)
    page = visitor.get(SECURITY)
    assert "198.51.100.4" in page.text
    assert "Firefox" in page.text
    action = page.tree.xpath("//main//form/@action[contains(., '/sessions/ses_')]")
    assert len(action) == 1, "the browser at hand has no such button"
    visitor.submit(page, action=action[0])
    assert other.get(SECURITY).path == "/account/sign-in"
    assert visitor.get(SECURITY).path == SECURITY


def test_nobody_ends_somebody_elses_session(visitor, another_visitor, ana):
    another_visitor().sign_in(ana)
    with entered(SystemScope("test")):
        public_id = session().query(UserSession).one().public_id
    visitor.sign_in(users.make_user())
    assert visitor.post(f"/account/sessions/{public_id}/end").status == 404


def test_enrolling_passes_this_session_and_makes_the_others_wait(visitor, another_visitor, ana):
    other = another_visitor().sign_in(ana)
    visitor.sign_in(ana)
    page = visitor.get("/account/two-step")
    assert page.tree.xpath("//main//img/@src")[0].startswith("data:image/svg+xml")
    secret = page.tree.xpath("//main//code/text()")[0]
    wrong = visitor.submit(page, {"code": "123456", "password": "not it"})
    assert (wrong.status, set(wrong.errors)) == (422, {"password"})
    wrong = visitor.submit(wrong, {"code": "000000", "password": PASSWORD})
    assert (wrong.status, set(wrong.errors)) == (422, {"code"})
    assert wrong.tree.xpath("//main//code/text()")[0] == secret, "the app need not be set up again"
    visitor.submit(wrong, {"code": pyotp.TOTP(secret).now(), "password": PASSWORD})
    assert visitor.get(SECURITY).path == SECURITY
    assert other.get(SECURITY).path == "/account/second-factor"


def test_an_offer_made_to_somebody_else_is_not_taken(visitor, another_visitor, ana):
    mallory = another_visitor().sign_in(users.make_user())
    known = mallory.get("/account/two-step")
    secret = known.tree.xpath("//main//code/text()")[0]
    visitor.sign_in(ana)
    page = visitor.get("/account/two-step")
    values = {"sealed": known.values()["sealed"], "code": pyotp.TOTP(secret).now(), "password": PASSWORD}
    assert visitor.submit(page, values).status == 409
    assert row_of(ana).totp_confirmed_at is None


def test_recovery_codes_are_shown_once_and_work_once(visitor, another_visitor, enrolled):
    _secret, codes = enrolled
    assert len(set(codes)) == 10
    assert codes[0] not in visitor.get("/account/recovery-codes").body
    other = another_visitor()
    assert other.submit(sign_in(other), {"code": codes[0].upper().replace("-", " ")}).path == SECURITY
    assert "9" in other.get(SECURITY).text
    third = another_visitor()
    assert third.submit(sign_in(third), {"code": codes[0]}).status == 422


def test_new_recovery_codes_replace_the_old(visitor, another_visitor, enrolled):
    _secret, old = enrolled
    page = visitor.get("/account/recovery-codes/new")
    assert visitor.submit(page, {"password": "not it"}).status == 422
    shown = visitor.submit(page, {"password": PASSWORD})
    fresh = shown.tree.xpath("//ul[@data-recovery-codes]//code/text()")
    assert len(fresh) == 10
    assert not set(fresh) & set(old)
    other = another_visitor()
    assert other.submit(sign_in(other), {"code": old[0]}).status == 422
    assert other.submit(other.get(f"/account/second-factor?next={SECURITY}"), {"code": fresh[0]}).path == SECURITY


def test_the_second_factor_goes_with_the_password_only_and_is_told_by_mail(visitor, enrolled, ana, mails):
    page = visitor.get("/account/two-step/off")
    assert visitor.submit(page, {"password": "not it"}).status == 422
    assert visitor.submit(page, {"password": PASSWORD}).path == SECURITY
    assert row_of(ana).totp_secret is None
    assert len(mails("ana@client.example")) == 1


def test_staff_cannot_do_without_it(visitor):
    visitor.sign_in(users.make_staff(email="ana@client.example", password_hash=passwords.hash_password(PASSWORD)))
    page = visitor.get("/account/two-step/off")
    assert visitor.submit(page, {"password": PASSWORD}).status == 403


def test_a_session_ends_by_itself(visitor, another_visitor, ana):
    visitor.sign_in(ana)
    staff = another_visitor().sign_in(users.make_staff())
    now = clock.machine_now().timestamp()
    with time_machine.travel(now + 13 * 3600, tick=True):
        assert visitor.get(SECURITY).path == SECURITY
        assert staff.get(SECURITY).path == "/account/sign-in"
    with time_machine.travel(now + 31 * 86400, tick=True):
        assert visitor.get(SECURITY).path == "/account/sign-in"


def test_shutting_an_account_ends_its_access_at_once(visitor, ana):
    visitor.sign_in(ana)
    with entered(SystemScope("test")), unit_of_work() as database:
        database.get_one(User, ana.id).active = False
    assert visitor.get(SECURITY).path == "/account/sign-in"


def test_asking_who_it_is_costs_one_query(app, visitor, ana, count_queries):
    from praho.users.services import sessions

    visitor.sign_in(ana)
    token = visitor.kept("sid")
    with count_queries() as counted:
        assert sessions.principal_of(token, ip="127.0.0.1").user_id == ana.id
    assert counted.count == 1


def test_the_security_page_shows_the_sign_in_before_and_ends_the_others(visitor, another_visitor, ana):
    elsewhere = another_visitor().sign_in(ana)
    visitor.sign_in(ana)
    page = visitor.get(SECURITY)
    assert "Firefox" in page.text
    assert "niciuna" not in page.text

    done = visitor.submit(page, action="/end-others")
    assert (done.status, done.path) == (200, SECURITY)
    assert elsewhere.get(SECURITY).path == "/account/sign-in"
    assert visitor.get(SECURITY).path == SECURITY
    assert not visitor.get(SECURITY).leads_to("/end-others")
    assert "doar aici" in visitor.post("/account/sessions/end-others").body
