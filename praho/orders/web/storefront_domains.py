"""The domain search, and putting what it found into the cart."""

import json

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.services import offers
from praho.core.errors import Conflict, Invalid, PrahoError
from praho.core.i18n import gettext as _
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.web import arguments, htmx
from praho.models.catalogue import BillingCycle
from praho.orders.services import carts, searching
from praho.orders.web import cart_cookie, chosen_currency, labels, limits, prices


def domains() -> Response:
    """Search for a name; `plan` and `cycle` in the address say for which plan, which then goes along."""
    typed = arguments.text(longest=searching.LONGEST_QUERY)
    found, error, status = None, "", 200
    if typed:
        limits.count_search()
        try:
            found = searching.search(typed, chosen_currency.at_hand())
        except InvalidIdentifier as refusal:
            error, status = str(refusal), 422
    return htmx.render(
        "orders/storefront/domains.html",
        "orders/storefront/_domain_results.html",
        status=status,
        typed=typed,
        found=found,
        error=error,
        suffixes=() if found else offers.suffixes(chosen_currency.at_hand()),
        in_cart=cart_cookie.names(),
        plan=request.args.get("plan", ""),
        cycle=request.args.get("cycle", ""),
        prices=prices.at_hand(),
        labels=labels,
    )


def add_domain() -> BaseResponse:
    """Put a name that is free into the cart, with the plan that it was searched for."""
    name, years = request.form.get("name", ""), request.form.get("years", default=0, type=int)
    plan = _plan()
    limits.count_search()
    try:
        searching.require_free(name)
        currency = chosen_currency.at_hand()
        cart_cookie.keep(carts.add_domain(cart_cookie.token(), name, years, for_plan=plan, currency=currency))
    except (Conflict, Invalid) as refusal:
        return _refused(refusal)
    if htmx.is_fragment_request() and plan is None:
        return _added(name)
    return htmx.go_to(url_for("storefront.cart"))


def _plan() -> tuple[str, BillingCycle] | None:
    slug, cycle = request.form.get("plan"), request.form.get("cycle")
    try:
        return (slug, BillingCycle(cycle)) if slug and cycle else None
    except ValueError:
        raise Invalid(_("Choose one of the periods.")) from None


def _added(name: str) -> Response:
    message = _("%(name)s is in your cart.", name=name)
    response = htmx.render(
        "orders/storefront/_added.html", "orders/storefront/_added.html", count=carts.count(cart_cookie.token())
    )
    response.headers["HX-Trigger"] = json.dumps({"toast": {"message": message, "tone": "success"}})
    return response


def _refused(refusal: PrahoError) -> BaseResponse:
    if htmx.is_fragment_request():
        raise refusal
    flash(str(refusal), "error")
    return htmx.go_to(url_for("storefront.domains", q=request.form.get("name", "")))
