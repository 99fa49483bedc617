"""What the shop shows to everybody: its start page and the plans."""

from flask import Response, abort

from praho.catalogue.services import comparing, offers
from praho.catalogue.types import CYCLE_NAMES, Shelf
from praho.core.i18n import current_locale
from praho.core.web import htmx
from praho.orders.services import paying, shop
from praho.orders.web import chosen_currency, labels, prices
from praho.orders.web.company_data import address_of
from praho.settings.services import company

_SUFFIXES_AT_ONCE = 6


def home() -> Response:
    """Show the shop: the domain search, the shelves, who sells."""
    seller, currency = company.seller(), chosen_currency.at_hand()
    return htmx.render(
        "orders/storefront/home.html",
        shelves=offers.shelves(currency),
        first_suffixes=offers.suffixes(currency)[:_SUFFIXES_AT_ONCE],
        seller=seller,
        seller_address=address_of(seller),
        texts=shop.texts(current_locale()),
        ways=paying.ways(currency),
        prices=prices.for_plans(),
        compared=comparing.compared,
        cycle_names=CYCLE_NAMES,
        labels=labels,
    )


def hosting() -> Response:
    """Show every shelf of plans."""
    return _shelves(offers.shelves(chosen_currency.at_hand()), "")


def group(slug: str) -> Response:
    """Show one shelf of plans."""
    found = tuple(shelf for shelf in offers.shelves(chosen_currency.at_hand()) if shelf.slug == slug)
    if not found:
        abort(404)
    return _shelves(found, found[0].name)


def _shelves(shelves: tuple[Shelf, ...], title: str) -> Response:
    return htmx.render(
        "orders/storefront/hosting.html",
        shelves=shelves,
        title=title,
        only_domains=not shelves and bool(offers.suffixes(chosen_currency.at_hand())),
        prices=prices.for_plans(),
        compared=comparing.compared,
        cycle_names=CYCLE_NAMES,
        labels=labels,
    )
