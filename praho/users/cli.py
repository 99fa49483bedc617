"""`praho staff`: the first administrator of an installation, and the way back in where none is left."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import click
from flask import Flask

from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import PrahoError
from praho.core.permissions import StaffRole
from praho.core.principal import Principal, acting_as
from praho.users.services import staff

Opened = Callable[[], AbstractContextManager[Flask]]


@click.group("staff")
def group() -> None:
    """The people who run this installation."""


@group.command("create")
@click.argument("email")
@click.option("--name", help="Full name; asked for where it is not given.")
@click.option("--role", type=click.Choice([role.value for role in StaffRole]), default="admin", show_default=True)
@click.option("--locale", type=click.Choice(i18n.SUPPORTED), default=i18n.DEFAULT, show_default=True)
@click.pass_obj
def create(opened: Opened, email: str, name: str | None, role: str, locale: str) -> None:
    """Make EMAIL a member of the staff: a new account whose password is asked for, or the one that exists.

    The first sign-in asks for the enrolment of the second factor.
    """
    command = Principal.system("praho staff create")
    with opened(), acting_as(command), entered(SystemScope("staff create")), i18n.in_locale("en"):
        if not staff.appoint(email, StaffRole(role)):
            _create(email, name or click.prompt("Full name"), StaffRole(role), locale)
    click.echo(f"{email} may sign in as {role}; the first time two-step sign-in is set up.")


def _create(email: str, name: str, role: StaffRole, locale: str) -> None:
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        staff.create(email=email, full_name=name, password=password, role=role, locale=locale)
    except PrahoError as refusal:
        reasons = [str(reason) for reason in refusal.fields.values()] or [str(refusal)]
        raise click.ClickException(" ".join(reasons)) from refusal
