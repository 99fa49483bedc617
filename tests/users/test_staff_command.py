"""`praho staff create`: the first administrator, and the way back in."""

import contextlib

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from praho.core import passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.audit import AuditEvent
from praho.models.users import User
from praho.users import cli
from tests.factories import users

PASSWORD = "mesteacan-verde-26"


@pytest.fixture
def praho(live_db, domains):
    def run(*words, typed=""):
        return CliRunner().invoke(cli.group, ["create", *words], input=typed, obj=contextlib.nullcontext)

    return run


def found(email):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(User).where(User.email == email)).one_or_none()


def test_the_first_administrator_is_made_at_the_terminal(praho):
    done = praho("Sefa@Firma.ro", typed=f"Ioana Pop\n{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    made = found("sefa@firma.ro")
    assert (made.full_name, made.staff_role, made.totp_confirmed_at) == ("Ioana Pop", StaffRole.ADMIN, None)
    assert made.email_confirmed_at is not None
    assert not made.demo
    assert passwords.verify(made.password_hash, PASSWORD)
    assert PASSWORD not in done.output


def test_somebody_with_an_account_is_appointed_and_keeps_the_password(praho):
    users.make_user(email="ion@firma.ro")
    done = praho("ion@firma.ro", "--role", "technician")
    assert done.exit_code == 0, done.output
    assert found("ion@firma.ro").staff_role is StaffRole.TECHNICIAN
    with entered(SystemScope("test")) as session:
        event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.actor_name) == ("staff.role_changed", "praho staff create")


@pytest.mark.parametrize(
    ("email", "password", "said"), [("firma.ro", PASSWORD, "not an e-mail"), ("ana@firma.ro", "scurt", "10 characters")]
)
def test_what_is_refused_is_said_in_one_sentence(praho, email, password, said):
    done = praho(email, "--name", "Ana Pop", typed=f"{password}\n{password}\n")
    assert done.exit_code == 1
    assert said in done.output
    assert found(email) is None
