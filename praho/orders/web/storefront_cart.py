"""The cart."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.types import CYCLE_NAMES
from praho.core.errors import Conflict, Invalid, NotFound, TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.web import htmx
from praho.models.catalogue import BillingCycle
from praho.models.orders import ItemKind
from praho.orders.services import carts, paying, reducing
from praho.orders.types import CartView
from praho.orders.web import buyers, cart_cookie, labels, limits, prices
from praho.orders.web.forms import CodeForm


def cart() -> Response:
    """Show what is in the cart and what it comes to."""
    return _page(CodeForm(formdata=None))


def use_code() -> BaseResponse:
    """Keep a promo code with the cart; what is wrong with it stands beside it, as typed."""
    form = CodeForm()
    status = 422
    if form.validate():
        try:
            limits.count_code()
            buyer = buyers.likely_buyer(buyers.own_customers())
            reducing.set_code(cart_cookie.token(), form.promo_code.data or "", buyer)
        except NotFound:
            return htmx.go_to(url_for("storefront.cart"))
        except (Invalid, TooManyRequests) as refusal:
            form.promo_code.errors = [str(refusal)]
            status = refusal.http_status
        else:
            return htmx.go_to(url_for("storefront.cart"))
    return _page(form, status)


def remove_code() -> BaseResponse:
    """Take the promo code out of the cart."""
    reducing.remove_code(cart_cookie.token())
    return htmx.go_to(url_for("storefront.cart"))


def _page(form: CodeForm, status: int = 200) -> Response:
    view = carts.view(cart_cookie.token(), customer_id=buyers.likely_buyer(buyers.own_customers()))
    return htmx.render(
        "orders/storefront/cart.html",
        status=status,
        code_form=form,
        basket=view,
        bare_names=_without_hosting(view),
        prices=prices.of(view),
        ways=paying.ways(view.currency),
        cycle_names=CYCLE_NAMES,
        labels=labels,
    )


def change_item(item_id: str) -> BaseResponse:
    """Change an item's period."""
    try:
        cycle, years = _chosen()
        carts.change(cart_cookie.token(), item_id, cycle=cycle, years=years)
    except (Conflict, Invalid, NotFound) as refusal:
        flash(str(refusal), "error")
    return htmx.go_to(url_for("storefront.cart"))


def remove_item(item_id: str) -> BaseResponse:
    """Take an item out."""
    carts.remove(cart_cookie.token(), item_id)
    flash(_("It is no longer in your cart."), "success")
    return htmx.go_to(url_for("storefront.cart"))


def _without_hosting(view: CartView) -> tuple[str, ...]:
    """Return the first name of the cart for which it holds no plan, where it holds no plan at all."""
    hosted = any(line.kind is ItemKind.HOSTING for line in view.lines)
    return () if hosted else view.domain_names[:1]


def _chosen() -> tuple[BillingCycle | None, int | None]:
    period = request.form.get("period", "")
    if period.isascii() and period.isdecimal():
        return None, int(period[:3])
    try:
        return BillingCycle(period), None
    except ValueError:
        raise Invalid(_("Choose one of the periods.")) from None
