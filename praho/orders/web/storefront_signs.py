"""What is not a page: how prices are shown, and what search engines ask for."""

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.services import currencies, offers
from praho.core.web import htmx
from praho.core.web.access import safe_next
from praho.core.web.addresses import absolute
from praho.orders.web import chosen_currency, prices

_CLOSED = ("/admin/", "/portal/", "/account/", "/cart", "/checkout", "/my")
_PAGES = ("home", "hosting", "domains", "contact", "terms", "privacy")


def show_prices() -> BaseResponse:
    """Show prices as a person or as a company expects them, and lead back to the page at hand."""
    prices.remember(request.form.get("kind", ""))
    return htmx.go_to(safe_next(request.form.get("next"), url_for("storefront.home")))


def show_currency() -> BaseResponse:
    """Show prices in another currency, and lead back to the page at hand."""
    chosen_currency.choose(request.form.get("currency", ""))
    return htmx.go_to(safe_next(request.form.get("next"), url_for("storefront.home")))


def robots() -> Response:
    """Say what search engines need not look at."""
    closed = [f"Disallow: {path}" for path in _CLOSED]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute('storefront.sitemap')}"]
    return _public("\n".join(lines) + "\n", "text/plain")


def sitemap() -> Response:
    """List the pages that search engines should know (sitemaps.org, protocol 0.9)."""
    shelves = offers.shelves(currencies.HOME)
    addresses = [absolute(f"storefront.{name}") for name in _PAGES]
    addresses += [absolute("storefront.group", slug=shelf.slug) for shelf in shelves]
    addresses += [absolute("storefront.plan", slug=plan.slug) for shelf in shelves for plan in shelf.plans]
    return _public(render_template("orders/storefront/sitemap.xml", addresses=addresses), "application/xml")


def _public(text: str, mimetype: str) -> Response:
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
