"""`praho demo`, and what `praho run` says about its demonstration."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import click
import pyotp
from flask import Flask

from praho.config import Config
from praho.core.db.scope import SystemScope, entered
from praho.operations.services.demo import people

Opened = Callable[[], AbstractContextManager[Flask]]


@click.command("demo")
@click.pass_obj
def demo(opened: Opened) -> None:
    """Print the logins of the demonstration, with the one-time code of this moment."""
    with opened(), entered(SystemScope("demo logins")):
        if not people.present():
            raise click.ClickException("The database holds no demonstration: `praho run` loads one into an empty one.")
    click.echo(logins())


def addresses(config: Config, worlds: Mapping[str, str]) -> str:
    """Return the addresses of what `praho run` serves, one a line."""
    pages = {"shop": "/", "customers": "/account/sign-in", "staff": "/admin/"}
    lines = [_line(name, f"{config.base_url}{path}") for name, path in pages.items()]
    return "\n".join([*lines, *(_line(f"{name} world", address) for name, address in worlds.items())])


def logins() -> str:
    """Return the logins with their password, and the staff's second factor with its code of this moment."""
    lines = [_line(login.role, login.email) for login in people.logins()]
    code = pyotp.TOTP(people.TOTP_SECRET).now()
    factor = f"Staff are asked for a second factor: {code} for the moment (`praho demo` prints the next one),"
    secret = f"or enter the secret {people.TOTP_SECRET} into an authenticator app."
    return "\n".join([f"Demo logins, all with the password {people.PASSWORD}", *lines, factor, secret])


def _line(name: str, value: str) -> str:
    return f"  {name:<22}{value}"
