"""Hosting plans, as staff make and price them."""

from collections.abc import Mapping
from typing import Any

from praho.audit.services import recording
from praho.catalogue import repos
from praho.catalogue.services import checking, selling
from praho.catalogue.services.currencies import HOME
from praho.catalogue.types import CycleAmounts, PlanInput, PlanLine, in_language
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.catalogue import BillingCycle, Product, ProductPrice, SaleState
from praho.models.integrations import ProviderKind


def listed(state: SaleState | None, group_id: str | None, cursor: str | None) -> Page[PlanLine]:
    """Return a page of the plans, by group and position; an unknown group is as if none were given."""
    groups = {group.id: group for group in repos.all_groups()}
    wanted = next((group.id for group in groups.values() if group.public_id == group_id), None)
    page = repos.listed_products(state, wanted, cursor)
    prices: dict[int, list[Money]] = {}
    for price in repos.product_prices([row.id for row in page.items], HOME):
        prices.setdefault(price.product_id, []).append(Money(price.amount_minor, HOME))
    locale = current_locale()
    lines = [_line(row, in_language(groups[row.group_id].name, locale), prices.get(row.id, [])) for row in page.items]
    return Page(lines, page.previous, page.next)


def shown(public_id: str) -> Product:
    """Return a plan; raises NotFound."""
    found = repos.product(public_id)
    if found is None:
        raise NotFound(_("There is no such plan."))
    return found


def prices_of(product_id: int, currency: str = HOME) -> dict[BillingCycle, CycleAmounts]:
    """Return the prices of a plan by cycle; a cycle that is not there is not sold."""
    rows = repos.product_prices([product_id], currency)
    return {row.cycle: CycleAmounts(row.amount_minor, row.setup_minor) for row in rows}


def create(typed: PlanInput) -> str:
    """Make a plan, not on sale yet, and return its public id; raises Invalid with the refused fields."""
    with unit_of_work():
        values = _checked(typed, own_id=None)
        row = Product(**values, created_at=clock.now())
        session().add(row)
        session().flush()
        changes = {name: [None, value] for name, value in values.items()}
        recording.record("catalogue.product.create", subject=("product", row.public_id), changes=changes)
        return row.public_id


def change(public_id: str, typed: PlanInput) -> None:
    """Change a plan; raises NotFound, Invalid with the refused fields, NotComplete for one on sale that would not be.

    What customers bought keeps its own copy of price and provider.
    """
    with unit_of_work():
        row = _locked(public_id)
        values = _checked(typed, own_id=row.id)
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        with session().no_autoflush:
            for name, value in values.items():
                setattr(row, name, value)
            if row.state is SaleState.ON_SALE:
                selling.require_complete(selling.missing_of_plan(row))
        if changes:
            recording.record("catalogue.product.change", subject=("product", row.public_id), changes=changes)


def set_prices(public_id: str, prices: Mapping[BillingCycle, CycleAmounts], currency: str = HOME) -> None:
    """Replace a plan's prices in a currency: a cycle that is left out is not sold, zero is free.

    Raises NotFound, and NotComplete where a plan on sale would have no price left.
    """
    with unit_of_work():
        row = _locked(public_id)
        before = prices_of(row.id, currency)
        repos.delete_product_prices(row.id, currency)
        for cycle, amounts in prices.items():
            session().add(
                ProductPrice(
                    product_id=row.id,
                    cycle=cycle,
                    currency=currency,
                    amount_minor=amounts.amount_minor,
                    setup_minor=amounts.setup_minor,
                )
            )
        session().flush()
        if row.state is SaleState.ON_SALE:
            selling.require_complete(selling.missing_of_plan(row))
        changes = recording.changed(_plain(before, currency), _plain(prices, currency))
        if changes:
            recording.record("catalogue.product.price", subject=("product", row.public_id), changes=changes)


def _locked(public_id: str) -> Product:
    row = locking.lock_one(Product, shown(public_id).id)
    assert row is not None
    return row


def _checked(typed: PlanInput, own_id: int | None) -> dict[str, Any]:
    refused = checking.Refusals()
    group = repos.group(typed.group_id)
    if group is None:
        refused.fields["group_id"] = _("Choose a group.")
    values: dict[str, Any] = {
        "group_id": None if group is None else group.id,
        "slug": checking.slug(refused, typed.slug),
        "name": checking.texts(refused, "name", typed.name, needed=True),
        "description": checking.texts(refused, "description", typed.description, needed=False),
        "features": checking.lines(typed.features),
        "position": typed.position,
        "highlighted": typed.highlighted,
        "provider_account_id": checking.account(refused, ProviderKind.PROVISIONER, typed.account_id),
        "remote_plan": typed.remote_plan.strip(),
    }
    other = repos.product_by_slug(values["slug"])
    if other is not None and other.id != own_id:
        refused.fields["slug"] = _("Another plan has this address.")
    refused.end()
    return values


def _plain(prices: Mapping[BillingCycle, CycleAmounts], currency: str) -> dict[str, object]:
    return {
        f"{cycle.value} {currency}": [prices[cycle].amount_minor, prices[cycle].setup_minor]
        if cycle in prices
        else None
        for cycle in BillingCycle
    }


def _line(row: Product, group: str, prices: list[Money]) -> PlanLine:
    return PlanLine(
        public_id=row.public_id,
        name=in_language(row.name, current_locale()),
        group=group,
        state=row.state,
        highlighted=row.highlighted,
        remote_plan=row.remote_plan,
        has_account=row.provider_account_id is not None,
        from_amount=min(prices) if prices else None,
        price_count=len(prices),
    )
