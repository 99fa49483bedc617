"""Forgotten and changed passwords: the mail is read, the password is set, other sessions end."""

import time_machine

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.models.users import User
from tests.factories import users
from tests.fixtures.mails import link_in

OLD, NEW = "o parola lunga 77", "alta parola si mai lunga 78"
EMAIL = "ana@client.example"


def ana(**values):
    return users.make_user(email=EMAIL, password_hash=passwords.hash_password(OLD), **values)


def ask(visitor, email=EMAIL):
    return visitor.submit(visitor.get("/account/forgotten-password"), {"email": email})


def sign_in(visitor, password):
    page = visitor.get("/account/sign-in?next=/account/security")
    return visitor.submit(page, {"email": EMAIL, "password": password})


def test_a_forgotten_password_is_set_anew_by_mail(visitor, another_visitor, mails):
    user = ana(email_confirmed_at=None)
    elsewhere = another_visitor().sign_in(user)
    ask(visitor, " Ana@client.example ")
    (mail,) = mails(EMAIL)
    page = visitor.get(link_in(mail, "/reset-password/"))
    done = visitor.submit(page, {"password": NEW})
    assert done.path == "/account/sign-in"
    assert elsewhere.get("/account/security").path == "/account/sign-in"
    assert sign_in(visitor, OLD).status == 422
    assert sign_in(visitor, NEW).path == "/account/security"
    with entered(SystemScope("test")):
        assert session().get_one(User, user.id).email_confirmed_at is not None
    assert len(mails(EMAIL)) == 2, "the change itself is told as well"


def test_a_link_works_once(visitor, mails):
    ana()
    ask(visitor)
    link = link_in(mails(EMAIL)[0], "/reset-password/")
    page = visitor.get(link)
    visitor.submit(page, {"password": NEW})
    assert visitor.post(link, {"password": "a third one, long enough"}).status == 410
    assert visitor.get(link).status == 410
    assert sign_in(visitor, NEW).path == "/account/security"


def test_a_newer_link_voids_the_older(visitor, mails):
    ana()
    ask(visitor)
    ask(visitor)
    older, newer = (link_in(mail, "/reset-password/") for mail in mails(EMAIL))
    assert visitor.get(older).status == 410
    assert visitor.get(newer).status == 200


def test_a_link_lives_two_hours(visitor, mails):
    ana()
    ask(visitor)
    link = link_in(mails(EMAIL)[0], "/reset-password/")
    with time_machine.travel(clock.machine_now().timestamp() + 2 * 3600 + 1, tick=True):
        assert visitor.get(link).status == 410


def test_a_weak_password_says_so_and_the_link_stays_good(visitor, mails):
    ana()
    ask(visitor)
    page = visitor.get(link_in(mails(EMAIL)[0], "/reset-password/"))
    weak = visitor.submit(page, {"password": "parola2024!"})
    assert (weak.status, set(weak.errors)) == (422, {"password"})
    assert visitor.submit(weak, {"password": NEW}).path == "/account/sign-in"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(visitor, another_visitor, mails):
    ana()
    known, unknown = ask(visitor), ask(another_visitor(), "nimeni@client.example")
    assert (known.status, known.path, known.text) == (unknown.status, unknown.path, unknown.text)
    assert mails("nimeni@client.example") == []


def test_a_shut_account_gets_no_link(visitor, mails):
    ana(active=False)
    ask(visitor)
    assert mails(EMAIL) == []


def test_nobody_is_flooded_with_links(visitor, another_visitor, mails):
    ana()
    answers = [ask(another_visitor(f"198.51.100.{number}")) for number in range(8)]
    assert {answer.path for answer in answers} == {"/account/forgotten-password/mailed"}
    assert len(mails(EMAIL)) == 5


def test_the_token_is_kept_nowhere_in_clear(visitor, mails, live_db):
    ana()
    ask(visitor)
    token = link_in(mails(EMAIL)[0], "/reset-password/").rpartition("/")[2]
    with live_db.as_owner() as connection:
        for table in ("users_token", "notifications_message", "core_job", "audit_event"):
            rows = connection.exec_driver_sql(f"SELECT {table}::text FROM {table}").scalars()
            assert not any(token in row for row in rows), table


def test_a_changed_password_ends_the_other_sessions_only(visitor, another_visitor, mails):
    user = ana()
    visitor.sign_in(user)
    elsewhere = another_visitor().sign_in(user)
    page = visitor.get("/account/password")
    wrong = visitor.submit(page, {"present": "not it", "new": NEW})
    assert (wrong.status, set(wrong.errors)) == (422, {"present"})
    weak = visitor.submit(wrong, {"present": OLD, "new": "1234567890"})
    assert (weak.status, set(weak.errors)) == (422, {"new"})
    done = visitor.submit(weak, {"present": OLD, "new": NEW})
    assert done.path == "/account/security"
    assert elsewhere.get("/account/security").path == "/account/sign-in"
    assert len(mails(EMAIL)) == 1


def test_guessing_the_present_password_at_an_open_browser_is_limited(visitor):
    visitor.sign_in(ana())
    page = visitor.get("/account/password")
    answers = [visitor.submit(page, {"present": "guess", "new": NEW}).status for _ in range(12)]
    assert answers[:5] == [422] * 5
    assert answers[-1] == 429
