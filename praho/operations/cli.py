"""`praho demo` and `praho doctor`, and what `praho run` says about its demonstration."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict
from typing import Any

import click
import pyotp
from flask import Flask

from praho.config import Config
from praho.core import i18n, logging
from praho.core.db.scope import SystemScope, entered
from praho.operations.local import checks, database, world
from praho.operations.services.demo import loading, people
from praho.operations.services.doctor import examining, findings
from praho.operations.services.doctor.findings import Finding, State

LOGINS = 3
"""The customers with logins, whom every demonstration has."""
_MARKS = {State.OK: ("ok", "green"), State.WARNING: ("look", "yellow"), State.ERROR: ("mend", "red")}

Opened = Callable[[], AbstractContextManager[Flask]]


@click.command("demo")
@click.option("--size", type=click.IntRange(min=LOGINS), help="First load a demo company with so many customers.")
@click.pass_obj
def demo(opened: Opened, size: int | None) -> None:
    """Print the logins of the demonstration, with the one-time code of this moment."""
    with opened() as app:
        if size is not None:
            _load(app, size)
        with entered(SystemScope("demo logins")):
            if not people.present():
                raise click.ClickException(
                    "The database holds no demonstration: `praho run` loads one into an empty one."
                )
    click.echo(logins())


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for machines.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Examine this installation; exit 1 where something must be mended."""
    found = _examined(context.obj)
    fit = all(finding.state is not State.ERROR for finding in found)
    if as_json:
        click.echo(json.dumps({"ok": fit, "checks": [asdict(finding) for finding in found]}, ensure_ascii=False))
    else:
        for finding in found:
            click.echo(_verdict(finding))
        click.echo("This installation is fit." if fit else "Something must be mended.")
    context.exit(0 if fit else 1)


def demonstrate(app: Flask, worlds: Mapping[str, str], size: int) -> bool:
    """Load a demonstration of `size` customers into an empty database, or finish one; return whether there is one.

    A bar shows how far it is. Where a broker's workers would do the jobs, at times of their own, only the customers
    with logins are loaded.
    """
    config: Config = app.config["PRAHO"]
    invented = size - LOGINS if config.redis_url is None else 0
    with app.app_context(), _quiet(config), ExitStack() as shown:
        bars: list[Any] = []

        def progress(done: int, steps: int) -> None:
            if not bars:
                bars.append(shown.enter_context(click.progressbar(length=steps, label="Filling the demo company")))
            bars[0].update(done - bars[0].pos)

        return loading.load(worlds, invented, progress)


def _load(app: Flask, size: int) -> None:
    """Load a demonstration while nothing else runs from the folder. Raises CannotRun."""
    config: Config = app.config["PRAHO"]
    checks.refuse_exposed_demo(config)
    if config.redis_url is not None:
        raise click.ClickException("A demo company with a past needs the jobs for itself: unset PRAHO_REDIS_URL.")
    with checks.only_one(config), world.running(config) as worlds:
        database.migrate_to_newest(config)
        with entered(SystemScope("demo")):
            if loading.complete():
                raise click.ClickException("The database holds a demonstration already: --size needs an empty one.")
        if not demonstrate(app, worlds, size):
            raise click.ClickException("The database is in use: a demonstration needs an empty one.")


@contextmanager
def _quiet(config: Config) -> Iterator[None]:
    """Keep what the demonstration does wrong on purpose out of the log."""
    logging.configure("error", config.log_format)
    try:
        yield
    finally:
        logging.configure(config.log_level, config.log_format)


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


def _examined(opened: Opened) -> list[Finding]:
    try:
        with opened() as app, i18n.in_locale("en"):
            return list(examining.examine(app.config["PRAHO"]))
    except click.ClickException as trouble:
        return [findings.error("start", trouble.message)]


def _verdict(finding: Finding) -> str:
    word, colour = _MARKS[finding.state]
    return f"{click.style(f'{word:<5}', fg=colour)} {finding.name}: {finding.sentence}"
