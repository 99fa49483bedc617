"""Filling an empty database with the demonstration, at the first start and where that one was cut short."""

from collections.abc import Mapping

from praho.catalogue.services import groups
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.principal import Principal, acting_as
from praho.operations.services.demo import company, people, plans, providers, purchases, suffixes
from praho.users.services import people as users


def load(worlds: Mapping[str, str]) -> bool:
    """Load what is missing of the demonstration, and return whether the database holds one.

    `worlds` are the addresses of the sandboxes' outside worlds by name. A database in which somebody has an account,
    and which is no demonstration's, is left alone. Each step is done wholly or not at all.
    """
    address = worlds.get(providers.PLUGIN)
    with acting_as(Principal.system("demo")), entered(SystemScope("demo")):
        if not people.present():
            if address is None or users.anybody():
                return False
            _found_company(address)
        elif address is not None:
            providers.follow(address)
        if not groups.listed():
            _stock_shop()
        if not purchases.made():
            purchases.make()
        return True


def _found_company(address: str) -> None:
    with unit_of_work():
        people.let_in()
        company.set_up()
        providers.open_accounts(address)


def _stock_shop() -> None:
    accounts = providers.accounts()
    with unit_of_work():
        plans.stock(accounts.provisioner)
        suffixes.stock(accounts.registrar)
