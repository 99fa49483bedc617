"""Signing up, confirming the address, and what a stranger may not learn on the way."""

from praho.core import passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.models.users import User
from tests.factories import users
from tests.fixtures.mails import link_in

PASSWORD = "o parola lunga 77"


def sign_up(visitor, email="ana@client.example", password=PASSWORD, name="Ana Pop"):
    page = visitor.get("/account/sign-up")
    return visitor.submit(page, {"full_name": name, "email": email, "password": password})


def user_of(email):
    with entered(SystemScope("test")):
        return session().query(User).filter_by(email=email).one_or_none()


def test_sign_up_confirm_and_sign_in(visitor, mails):
    assert sign_up(visitor, "Ana@Client.example").path == "/account/check-your-mail"
    assert user_of("ana@client.example").email_confirmed_at is None
    (mail,) = mails("ana@client.example")
    page = visitor.get(link_in(mail, "/confirm/"))
    assert user_of("ana@client.example").email_confirmed_at is None, "opening the link alone confirms nothing"
    assert visitor.submit(page).path == "/account/sign-in"
    assert user_of("ana@client.example").email_confirmed_at is not None
    used = visitor.get(link_in(mail, "/confirm/"))
    assert used.status == 410
    signed_in = visitor.submit(
        visitor.get("/account/sign-in?next=/account/security"),
        {"email": "ana@client.example", "password": PASSWORD},
    )
    assert (signed_in.status, signed_in.path) == (200, "/account/security")


def test_an_address_that_has_an_account_is_told_by_mail_only(visitor, another_visitor, mails):
    users.make_user(email="ana@client.example", password_hash=passwords.hash_password(PASSWORD))
    known = sign_up(visitor)
    fresh = sign_up(another_visitor(), "nou@client.example")
    assert (known.status, known.path) == (fresh.status, fresh.path)
    assert known.text == fresh.text
    (mail,) = mails("ana@client.example")
    assert "forgotten-password" in mail.get_body(("plain",)).get_content()
    assert user_of("ana@client.example").full_name != "Ana Pop"


def test_every_refused_field_says_so_and_keeps_what_was_typed(visitor):
    page = sign_up(visitor, email="no address", password="parola", name=" ")
    assert page.status == 422
    assert set(page.errors) == {"full_name", "email", "password"}
    assert page.values()["email"] == "no address"
    page = visitor.submit(page, {"full_name": "Ana", "email": "ana@client.example", "password": "ana@client.example"})
    assert set(page.errors) == {"password"}
    assert page.values()["full_name"] == "Ana"
    assert page.values()["password"] == "", "a password does not come back"
    assert user_of("ana@client.example") is None
