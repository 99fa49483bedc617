"""A plan's page: its period, and the domain that it is for."""

from flask import request, url_for
from werkzeug.wrappers import Response

from praho.catalogue.services import currencies, offers
from praho.catalogue.types import CYCLE_NAMES, PlanOffer
from praho.core.errors import NotFound, PrahoError
from praho.core.web import htmx
from praho.core.web.forms import show_refusal
from praho.orders.services import carts, searching
from praho.orders.web import cart_cookie, chosen_currency, limits, prices
from praho.orders.web.forms import WHERE_CART, WHERE_NEW, ChoosePlanForm


def plan(slug: str) -> Response:
    """Show a plan, or put it into the cart."""
    found = _found(slug)
    in_cart = cart_cookie.names()
    form = ChoosePlanForm(data={"cycle": _first_choice(found), "where": WHERE_CART if in_cart else WHERE_NEW})
    form.offer(found, in_cart)
    status = 200
    if form.validate_on_submit():
        try:
            return _choose(found, form)
        except PrahoError as refusal:
            _show(form, refusal)
            status = refusal.http_status
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "orders/storefront/plan.html",
        status=status,
        plan=found,
        form=form,
        in_cart=in_cart,
        prices=prices.for_plans(),
        in_lei_only=_currency_of(found) != chosen_currency.at_hand(),
        cycle_names=CYCLE_NAMES,
    )


def _found(slug: str) -> PlanOffer:
    """Return a plan in the browser's currency, or in lei where it is sold in lei only."""
    try:
        return offers.plan(slug, chosen_currency.at_hand())
    except NotFound:
        return offers.plan(slug, currencies.HOME)


def _currency_of(found: PlanOffer) -> str:
    return found.from_price.amount.currency


def _go_along(found: PlanOffer) -> str:
    """Return the plan's currency, in which the browser and its cart go on."""
    currency = _currency_of(found)
    if currency != chosen_currency.at_hand():
        chosen_currency.remember(currency)
    return currency


def _choose(found: PlanOffer, form: ChoosePlanForm) -> Response:
    name = (form[form.name_field].data or "").strip()
    cycle = form.chosen_cycle
    if form.where.data != WHERE_NEW:
        limits.count_plan()
        cart_cookie.keep(carts.add_plan(cart_cookie.token(), found.slug, cycle, name, currency=_go_along(found)))
        return htmx.go_to(url_for("storefront.cart"))
    if "." not in name:
        # A bare word is looked up under every ending; the choice of the plan goes along.
        _go_along(found)
        return htmx.go_to(url_for("storefront.domains", q=name, plan=found.slug, cycle=cycle.value))
    limits.count_search()
    searching.require_free(name)
    plan, currency = (found.slug, cycle), _go_along(found)
    cart_cookie.keep(carts.add_domain(cart_cookie.token(), name, None, for_plan=plan, currency=currency))
    return htmx.go_to(url_for("storefront.cart"))


def _show(form: ChoosePlanForm, refusal: PrahoError) -> None:
    """Put a refusal of the name beside the field that it was typed into."""
    message = refusal.fields.get("domain_name", refusal.message)
    if refusal.fields and "domain_name" not in refusal.fields:
        show_refusal(form, refusal)
    else:
        form[form.name_field].errors = [str(message)]


def _first_choice(found: PlanOffer) -> str:
    asked = request.args.get("cycle")
    if asked in {one.cycle.value for one in found.cycles}:
        return asked
    return found.from_price.cycle.value
