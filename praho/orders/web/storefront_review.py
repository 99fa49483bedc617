"""The second step of the checkout: everything once more on one page, the terms, and the order."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import Conflict, Invalid, PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.forms import show_refusal
from praho.customers.types import Membership
from praho.orders.errors import AlreadyOrdered, CurrencyOnHold, EmptyCart, NameNotFree, PriceChanged
from praho.orders.services import carts, checking_out, drafting, paying, placing, taxing
from praho.orders.services import terms as terms_of_service
from praho.orders.types import CartView
from praho.orders.web import buyers, cart_cookie, details, labels, prices, visits
from praho.orders.web.forms import AgreeForm, DetailsForm
from praho.settings.services import company
from praho.users.web import browser


def review() -> Response:
    """Show what will be ordered and for whom, or order it."""
    token = cart_cookie.token()
    draft, own = drafting.of_cart(token), buyers.own_customers()
    cart = _cart(token, draft, own)
    if not cart.orderable:
        return _ordered_before() if request.method == "POST" else _to("storefront.cart")
    if not details.is_complete(draft):
        return _to("storefront.checkout")
    typed = details.read_again(draft, own)
    form = AgreeForm()
    if request.method == "GET" or not form.validate():
        return _page(form, typed, cart, own, 200 if request.method == "GET" else 422)
    try:
        return _order(form, token, typed, own, draft)
    except (EmptyCart, AlreadyOrdered) as refusal:
        cart_cookie.forget()
        return _to("storefront.cart", str(refusal))
    except (NameNotFree, CurrencyOnHold) as refusal:
        return _to("storefront.cart", str(refusal))
    except PrahoError as refusal:
        if set(refusal.fields) - {"terms"}:
            return _to("storefront.checkout", str(refusal))
        show_refusal(form, refusal)
        cart = _cart(token, draft, own) if isinstance(refusal, PriceChanged) else cart
        return _page(form, typed, cart, own, refusal.http_status)


def _cart(token: str | None, draft: drafting.Draft, own: list[Membership]) -> CartView:
    """Return the cart with the VAT of who buys, as far as the first step says who that is."""
    if not details.is_complete(draft):
        return carts.view(token, customer_id=buyers.likely_buyer(own))
    buyer = details.buyer_of(details.read_again(draft, own), own)
    return carts.view(
        token,
        lambda net: taxing.for_buyer(buyer, net, visits.at_hand()),
        customer_id=details.chosen_customer(buyer, own),
    )


def _order(
    form: AgreeForm, token: str | None, typed: DetailsForm, own: list[Membership], draft: drafting.Draft
) -> Response:
    wanted = checking_out.Checkout(
        wish=placing.Wish(token or "", current_locale(), form.seen_total_minor, visit=visits.at_hand()),
        buyer=details.buyer_of(typed, own),
        accepted=_acceptance(form),
        browser=browser.at_hand(),
        account=details.account_of(typed, draft.password_hash),
    )
    return _go_on(checking_out.check_out(wanted, form_token=form_tokens.submitted()))


def _ordered_before() -> Response:
    """Lead to the order that this form placed when it was sent the first time."""
    try:
        return _go_on(checking_out.placed_before(form_tokens.submitted()))
    except Conflict as refusal:
        cart_cookie.forget()
        return _to("storefront.cart", str(refusal))


def _go_on(done: checking_out.CheckedOut) -> Response:
    cart_cookie.forget()
    if done.session_token is not None:
        browser.remember(done.session_token, done.user_id)
    page = "orders_portal.order" if done.document_id is None else "orders_paying.pay"
    return htmx.go_to(url_for(page, customer_ref=done.customer_id, public_id=done.order_id))


def _acceptance(form: AgreeForm) -> terms_of_service.Acceptance | None:
    """Return what was agreed to; None where the box is empty, Invalid where other terms are in force by now."""
    if not form.terms.data:
        return None
    version = terms_of_service.version()
    if form.terms_version.data != version:
        form.terms.data = False
        text = _("The terms have changed in the meantime. Please read version %(version)s.", version=version)
        raise Invalid(text, fields={"terms": text})
    return terms_of_service.Acceptance(version, request.remote_addr)


def _to(endpoint: str, message: str = "") -> Response:
    if message:
        flash(message, "error")
    return htmx.go_to(url_for(endpoint))


def _page(form: AgreeForm, typed: DetailsForm, cart: CartView, own: list[Membership], status: int) -> Response:
    terms = terms_of_service.current(current_locale())
    form.seen_total.data = str(cart.total.minor)
    form.terms_version.data = terms.version
    chosen = [one for one in own if one.customer_public_id == typed.buyer.data]
    buyer = chosen[0] if chosen else details.buyer_of(typed, own)
    return htmx.render(
        "orders/storefront/review.html",
        status=status,
        form=form,
        typed=typed,
        buyer=buyer,
        known_buyer=bool(chosen),
        address=details.address_of(typed),
        prices=prices.with_tax_of(cart),
        seller=company.seller(),
        step=2,
        step_urls=(url_for("storefront.checkout"),),
        basket=cart,
        person=current_principal(),
        ways=paying.ways(cart.currency),
        terms=terms,
        form_token=form_tokens.submitted() or form_tokens.new_form_token(),
        labels=labels,
    )
