"""Two at once: one account for an address, one use of a link, one use of a code."""

import pyotp
import pytest

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.models.users import TokenPurpose, User
from praho.users.errors import EmailTaken, LinkExpired, WrongCode
from praho.users.services import links, second_factor, sessions, signing_up
from praho.users.types import Browser
from tests.factories import users
from tests.threads import outcomes

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_one_account_for_an_address(live_db):
    def sign_up():
        with entered(SystemScope("sign up")):
            signing_up.create_user(
                email="ana@client.example", full_name="Ana", password="o parola lunga 77", locale="ro"
            )

    assert outcomes(sign_up, 4, EmailTaken) == {"done": 1, "EmailTaken": 3}


def test_one_use_of_a_link(live_db):
    user = users.make_user()
    with entered(SystemScope("test")), unit_of_work():
        token, _occasion = links.issue(user.id, TokenPurpose.RESET_PASSWORD)

    def use():
        with entered(SystemScope("reset")), unit_of_work():
            links.spend(token, TokenPurpose.RESET_PASSWORD)

    assert outcomes(use, 4, LinkExpired) == {"done": 1, "LinkExpired": 3}


@pytest.fixture
def ana(live_db):
    user = users.make_user(password_hash=passwords.hash_password("o parola lunga 77"))
    with entered(SystemScope("test")), unit_of_work() as database:
        row = database.get_one(User, user.id)
        row.totp_secret = SECRET
        row.totp_confirmed_at = clock.now()
    return user


def test_one_use_of_a_code(ana):
    browser = Browser("192.0.2.1", None)
    with entered(SystemScope("test")), unit_of_work():
        tokens = [sessions.start(ana.id, browser) for _ in range(4)]
    code = pyotp.TOTP(SECRET).now()

    def use():
        token = tokens.pop()
        second_factor.pass_by(token, sessions.pending_of(token), code, browser)

    assert outcomes(use, 4, WrongCode) == {"done": 1, "WrongCode": 3}
    with entered(SystemScope("test")):
        assert session().get_one(User, ana.id).totp_last_counter is not None
