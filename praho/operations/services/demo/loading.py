"""Filling an empty database with the demonstration, at the first start and where that one was cut short."""

from collections.abc import Mapping
from datetime import datetime

from flask import current_app

from praho.catalogue.services import groups
from praho.config import Config
from praho.core import clock
from praho.core.db import engine
from praho.core.db.scope import entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import local
from praho.core.principal import Principal, acting_as
from praho.core.web import form_tokens
from praho.operations.services.demo import (
    abroad,
    company,
    outside,
    people,
    plans,
    playing,
    promotions,
    providers,
    purchases,
    story,
    suffixes,
    work,
)
from praho.operations.services.demo.acting import Stage
from praho.users.services import people as users

_PURPOSE = "demo.plan"


class Refused(RuntimeError):
    """A demonstration was asked for where none may be; the message is one sentence."""


def load(worlds: Mapping[str, str], invented: int = 0, progress: playing.Progress = lambda _done, _all: None) -> bool:
    """Load what is missing of the demonstration, and return whether the database holds one.

    `worlds` are the addresses of the sandboxes' outside worlds by name; `invented` is the number of customers with a
    past, beside those with logins. A database in which somebody has an account, and which is no demonstration's, is
    left alone. Each step is done wholly or not at all, and a loading that was cut short goes on as it was planned.
    Business time is moved meanwhile for this process: nothing else may go on in it. Raises Refused in production.
    """
    config: Config = current_app.config["PRAHO"]
    if config.in_production:
        raise Refused("A demonstration moves the clock: it is refused in production.")
    address = worlds.get(providers.PLUGIN)
    with acting_as(Principal.system("demo")):
        with entered(work.SCOPE):
            present = people.present()
            if not present and (address is None or users.anybody()):
                return False
            if present and address is not None:
                providers.follow(address)
            if complete():
                return True
        if address is not None:
            local.release_local_leases()
            with engine.for_bulk_work():
                _tell(address, config.base_url, invented, progress)
        return True


def complete() -> bool:
    """Return whether the database holds a demonstration to which nothing is missing; in a system scope."""
    return people.present() and bool(groups.listed()) and purchases.made()


def _tell(address: str, base_url: str, invented: int, progress: playing.Progress) -> None:
    with entered(work.SCOPE):
        planned, begun = _planned(invented)
    within = story.period(begun) if planned else story.Period(clock.now(), begun)
    with clock.moved_to(within.begin), entered(work.SCOPE):
        if not people.present():
            _found_company(address)
        if not groups.listed():
            _stock_shop()
        abroad.keep_rates(clock.local_date(within.begin), clock.local_date(begun))
    with outside.reached(address) as world:
        if planned:
            playing.play(story.plan(planned, within), Stage(world, base_url), progress)
    with entered(work.SCOPE):
        purchases.make()


def _planned(invented: int) -> tuple[int, datetime]:
    """Return for how many customers and for which present the story was planned: at the first start, for good."""
    with unit_of_work():
        wanted = f"{invented} {clock.now().isoformat()}"
        size_text, begun = form_tokens.once("demo-plan", _PURPOSE, lambda: wanted).split(" ")
    return int(size_text), datetime.fromisoformat(begun)


def _found_company(address: str) -> None:
    with unit_of_work():
        people.let_in()
        company.set_up()
        providers.open_accounts(address)


def _stock_shop() -> None:
    accounts = providers.accounts()
    with unit_of_work():
        plans.stock(accounts.provisioner)
        plans.price_in(abroad.EURO, abroad.PLAN_PRICES)
        suffixes.stock(accounts.registrar)
        promotions.stock()
