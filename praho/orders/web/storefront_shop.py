"""What the shop shows to everybody: its start page, the plans, the terms of service."""

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.services import offers
from praho.core import clock
from praho.core.i18n import current_locale
from praho.core.identifiers import counties
from praho.core.web import htmx
from praho.customers.web.labels import city as city_name
from praho.orders.services import deadlines, quoting
from praho.orders.services import terms as terms_of_service
from praho.orders.types import CURRENCY
from praho.orders.web import labels
from praho.settings.services import company
from praho.settings.types import Seller

_SUFFIXES_AT_ONCE = 4


def home() -> Response:
    """Show the shop: the domain search, the first shelves, who sells."""
    suffixes = offers.suffixes(CURRENCY)
    seller = company.seller()
    return htmx.render(
        "orders/storefront/home.html",
        shelves=offers.shelves(CURRENCY),
        suffixes=suffixes,
        first_suffixes=suffixes[:_SUFFIXES_AT_ONCE],
        seller=seller,
        seller_address=_address(seller),
        vat=quoting.vat_today(),
        labels=labels,
    )


def hosting() -> Response:
    """Show every shelf of plans."""
    return htmx.render(
        "orders/storefront/hosting.html",
        shelves=offers.shelves(CURRENCY),
        title="",
        vat=quoting.vat_today(),
        labels=labels,
    )


def group(slug: str) -> Response:
    """Show one shelf of plans."""
    found = [shelf for shelf in offers.shelves(CURRENCY) if shelf.slug == slug]
    if not found:
        abort(404)
    return htmx.render(
        "orders/storefront/hosting.html", shelves=found, title=found[0].name, vat=quoting.vat_today(), labels=labels
    )


def terms() -> BaseResponse:
    """Show the terms of service in force, or lead to where they are published."""
    found = terms_of_service.current(current_locale())
    seller = company.seller()
    if found.url:
        return redirect(found.url)
    return htmx.render(
        "orders/storefront/terms.html",
        terms=found,
        paragraphs=[part.strip() for part in found.text.replace("\r\n", "\n").split("\n\n") if part.strip()],
        seller=seller,
        seller_address=_address(seller),
        days=(deadlines.last_day() - clock.today()).days,
    )


def _address(seller: Seller) -> str:
    """Return where the company sits, on one line."""
    town = city_name(seller.city)
    county = counties.county_name(seller.county) if seller.county else ""
    return ", ".join(part for part in (seller.street, town, county) if part)
