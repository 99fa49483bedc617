"""The first step of the checkout: the account and the buyer. Whatever was typed is kept, right or wrong."""

from flask import request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import Invalid, PrahoError, TooManyRequests
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.customers.types import Membership
from praho.customers.web import looking_up
from praho.orders.services import carts, checking_out, drafting
from praho.orders.services.drafting import Draft
from praho.orders.types import CartView
from praho.orders.web import buyers, cart_cookie, details, labels, prices
from praho.orders.web.forms import NEW_CUSTOMER, DetailsForm
from praho.settings.services import company
from praho.users.web import browser


def checkout() -> Response:
    """Ask who buys, or go on to the review."""
    token = cart_cookie.token()
    own = buyers.own_customers()
    cart = carts.view(token, customer_id=buyers.likely_buyer(own))
    if not cart.orderable:
        return htmx.go_to(url_for("storefront.cart"))
    draft = drafting.of_cart(token)
    form = details.form_of(draft, own)
    if request.method == "GET":
        return _page(form, cart, own, draft, 200)
    prices.remember(form.kind.data or "")
    draft, status = _looked_up(form, draft) if looking_up.asked() else _checked(form, own, draft)
    if not htmx.is_fragment_request():
        # A fragment leaves the page as it is: the form that is sent at the same moment has the last word.
        drafting.keep(token, draft)
    return htmx.go_to(url_for("storefront.review")) if draft.complete else _page(form, cart, own, draft, status)


def _looked_up(form: DetailsForm, before: Draft) -> tuple[Draft, int]:
    """Fill the form in from the registers; what was typed is kept, and judged when it is sent."""
    looking_up.fill(form)
    password_hash, refusal = _password(form, before.password_hash)
    if refusal is not None:
        form.show(refusal)
    return Draft(form.as_typed(), password_hash, False, current_principal().public_id), looking_up.status()


def _checked(form: DetailsForm, own: list[Membership], before: Draft) -> tuple[Draft, int]:
    """Return what was typed as a draft, and the status of the page that says what is wrong with it."""
    password_hash, refusal = _password(form, before.password_hash)
    if form.validate():
        try:
            account = details.account_of(form, password_hash)
            checking_out.check_details(account, details.buyer_of(form, own), browser.at_hand())
        except PrahoError as error:
            refusal = _joined(error, refusal)
    if refusal is not None:
        form.show(refusal)
    complete = not form.errors and not form.form_errors
    status = 422 if refusal is None else refusal.http_status
    return Draft(form.as_typed(), password_hash, complete, current_principal().public_id), status


def _password(form: DetailsForm, before: str | None) -> tuple[str | None, PrahoError | None]:
    """Return the hash of the chosen password, the earlier one's where none was typed, or why it will not do."""
    if current_principal().signed_in:
        return None, None
    if not form.password.data:
        return before, None
    try:
        return checking_out.hashed(form.password.data, form.account_email.data or "", request.remote_addr), None
    except TooManyRequests as refusal:
        return None, refusal
    except Invalid as refusal:
        refusal.fields = {"password": refusal.message}
        return None, refusal


def _joined(refusal: PrahoError, weak: PrahoError | None) -> PrahoError:
    """Let what is wrong with a password take the place of the sentence that there is none."""
    if isinstance(weak, TooManyRequests):
        return weak
    if weak is not None and refusal.fields:
        refusal.fields = {**refusal.fields, **weak.fields}
    return refusal


def _page(form: DetailsForm, cart: CartView, own: list[Membership], draft: Draft, status: int) -> Response:
    return htmx.render(
        "orders/storefront/checkout.html",
        "orders/storefront/_buyer_fragment.html" if looking_up.asked() else None,
        status=status,
        form=form,
        basket=cart,
        own=own,
        new_customer=NEW_CUSTOMER,
        person=current_principal(),
        prices=prices.of(cart),
        seller=company.seller(),
        step=1,
        password_kept=draft.password_hash is not None,
        sign_in_here=url_for("account.sign_in", next=url_for("storefront.checkout")),
        labels=labels,
    )
