"""Logins whose password everybody knows open on the machine itself, and nowhere else."""

import pyotp
import pytest

from praho.config import Config
from praho.core import totp
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.users.services import second_factor, sessions, staff
from praho.users.types import Browser

EMAIL, PASSWORD = "admin@firma.example", "mesteacan-demo-26"


@pytest.fixture
def login(app):
    with entered(SystemScope("test")):
        return staff.create(
            email=EMAIL, full_name="Ana Pop", password=PASSWORD, role=StaffRole.ADMIN, locale="ro", demo=True
        )


@pytest.fixture
def sign_in(another_visitor, login):
    def from_address(address):
        visitor = another_visitor(address)
        page = visitor.get("/account/sign-in")
        return visitor.submit(page, {"email": EMAIL, "password": PASSWORD}, follow=False)

    return from_address


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.7", "::1"])
def test_a_demo_login_opens_here(sign_in, address):
    assert sign_in(address).status == 303


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "2001:db8::1"])
def test_a_demo_login_opens_from_nowhere_else(sign_in, address):
    page = sign_in(address)
    assert page.status == 403
    assert "Autentificările demonstrative" in page.text


@pytest.mark.parametrize("changed", [{"environment": "production"}, {"public_url": "https://praho.example.ro"}])
def test_a_demo_login_never_opens_where_others_come_by(app, sign_in, changed):
    app.config["PRAHO"] = app.config["PRAHO"].model_copy(update=changed)
    assert sign_in("127.0.0.1").status == 403


def test_behind_a_proxy_the_machine_is_not_alone():
    assert Config(_env_file=None, public_url="http://localhost:8080").on_loopback
    assert not Config(_env_file=None, public_url="https://praho.example.ro").on_loopback


def test_a_known_secret_is_a_second_factor_like_any_other(app, login):
    secret = totp.new_secret()
    with entered(SystemScope("test")), unit_of_work():
        second_factor.put(login.id, secret)
    with entered(SystemScope("test")), unit_of_work():
        token = sessions.start(login.id, Browser("127.0.0.1", None))
    assert not sessions.principal_of(token, ip=None).signed_in
    pending = sessions.pending_of(token)
    assert pending is not None
    fresh = second_factor.pass_by(token, pending, pyotp.TOTP(secret).now(), Browser("127.0.0.1", None))
    assert sessions.principal_of(fresh, ip=None).second_factor
