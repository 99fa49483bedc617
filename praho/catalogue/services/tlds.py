"""Suffixes under which domains are sold, as staff make and price them."""

from collections.abc import Mapping
from typing import Any

from praho.audit.services import recording
from praho.catalogue import repos
from praho.catalogue.services import checking, selling
from praho.catalogue.services.currencies import HOME
from praho.catalogue.types import TldInput, TldLine
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.catalogue import DomainOperation, SaleState, Tld, TldPrice
from praho.models.integrations import ProviderKind

PriceKey = tuple[DomainOperation, int]
"""An operation and its number of years."""


def listed(state: SaleState | None, cursor: str | None) -> Page[TldLine]:
    """Return a page of the suffixes, in the shop's order, with what one year costs."""
    page = repos.listed_tlds(state, cursor)
    prices = {
        (row.tld_id, row.operation): Money(row.amount_minor, HOME)
        for row in repos.tld_prices([row.id for row in page.items], HOME)
        if row.years == 1
    }
    return Page([_line(row, prices) for row in page.items], page.previous, page.next)


def shown(public_id: str) -> Tld:
    """Return a suffix; raises NotFound."""
    found = repos.tld(public_id)
    if found is None:
        raise NotFound(_("There is no such ending."))
    return found


def prices_of(tld_id: int, currency: str = HOME) -> dict[PriceKey, int]:
    """Return the prices of a suffix in minor units, for all years together; what is not there is not sold."""
    return {(row.operation, row.years): row.amount_minor for row in repos.tld_prices([tld_id], currency)}


def create(typed: TldInput) -> str:
    """Make a suffix, not on sale yet, and return its public id; raises Invalid with the refused fields."""
    with unit_of_work():
        values = _checked(typed, own_id=None)
        row = Tld(**values)
        session().add(row)
        session().flush()
        changes = {name: [None, value] for name, value in values.items()}
        recording.record("catalogue.tld.create", subject=("tld", row.public_id), changes=changes)
        return row.public_id


def change(public_id: str, typed: TldInput) -> None:
    """Change a suffix; raises NotFound, Invalid with the refused fields, NotComplete for one on sale."""
    with unit_of_work():
        row = _locked(public_id)
        values = _checked(typed, own_id=row.id)
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        with session().no_autoflush:
            for name, value in values.items():
                setattr(row, name, value)
            if row.state is SaleState.ON_SALE:
                selling.require_complete(selling.missing_of_tld(row))
        if changes:
            recording.record("catalogue.tld.change", subject=("tld", row.public_id), changes=changes)


def set_prices(public_id: str, prices: Mapping[PriceKey, int], currency: str = HOME) -> None:
    """Replace the prices of a suffix in a currency: what is left out is not sold, zero is free.

    Amounts in minor units, for all years together. Raises NotFound, and NotComplete for a suffix on sale that
    could not be registered or renewed any more.
    """
    with unit_of_work():
        row = _locked(public_id)
        before = prices_of(row.id, currency)
        repos.delete_tld_prices(row.id, currency)
        for (operation, years), amount_minor in prices.items():
            session().add(
                TldPrice(tld_id=row.id, operation=operation, years=years, currency=currency, amount_minor=amount_minor)
            )
        session().flush()
        if row.state is SaleState.ON_SALE:
            selling.require_complete(selling.missing_of_tld(row))
        keys = {**before, **prices}
        changes = recording.changed(_plain(before, keys, currency), _plain(prices, keys, currency))
        if changes:
            recording.record("catalogue.tld.price", subject=("tld", row.public_id), changes=changes)


def _locked(public_id: str) -> Tld:
    row = locking.lock_one(Tld, shown(public_id).id)
    assert row is not None
    return row


def _checked(typed: TldInput, own_id: int | None) -> dict[str, Any]:
    refused = checking.Refusals()
    name = checking.suffix(refused, typed.name)
    shortest, longest = checking.years(refused, typed.min_years, typed.max_years)
    other = repos.tld_by_name(name)
    if other is not None and other.id != own_id:
        refused.fields["name"] = _("This ending is in the list already.")
    account_id = checking.account(refused, ProviderKind.REGISTRAR, typed.account_id)
    refused.end()
    return {
        "name": name,
        "provider_account_id": account_id,
        "min_years": shortest,
        "max_years": longest,
        "position": typed.position,
    }


def _plain(prices: Mapping[PriceKey, int], keys: Mapping[PriceKey, int], currency: str) -> dict[str, object]:
    return {f"{operation.value} {years} {currency}": prices.get((operation, years)) for operation, years in keys}


def _line(row: Tld, prices: Mapping[tuple[int, DomainOperation], Money]) -> TldLine:
    return TldLine(
        public_id=row.public_id,
        name=row.name,
        state=row.state,
        has_account=row.provider_account_id is not None,
        register_year=prices.get((row.id, DomainOperation.REGISTER)),
        renew_year=prices.get((row.id, DomainOperation.RENEW)),
        transfer=prices.get((row.id, DomainOperation.TRANSFER)),
    )
