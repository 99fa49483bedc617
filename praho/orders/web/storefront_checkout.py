"""Checkout: account, billing data and the terms on one page, which works without a script."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import Invalid, PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.forms import show_refusal
from praho.customers.services import members
from praho.customers.types import CustomerInput, Membership
from praho.models.customers import CustomerKind
from praho.orders.errors import AlreadyOrdered, EmptyCart, NameNotFree, PriceChanged
from praho.orders.permissions import BUYERS
from praho.orders.services import carts, checking_out, placing
from praho.orders.services import terms as terms_of_service
from praho.orders.types import CartView
from praho.orders.web import cart_cookie, labels
from praho.orders.web.forms import NEW_CUSTOMER, CheckoutForm
from praho.users.web import browser


def checkout() -> Response:
    """Show the checkout, or order."""
    token = cart_cookie.token()
    cart = carts.view(token)
    own = _own_customers()
    form = CheckoutForm(data=_first_values(own))
    form.offer(own)
    if request.method == "GET":
        return _to_cart() if not cart.orderable else _page(form, cart, own, 200)
    status = 422
    if form.validate():
        try:
            return _order(form, token, own)
        except (EmptyCart, AlreadyOrdered) as refusal:
            cart_cookie.forget()
            flash(str(refusal), "info")
            return _to_cart()
        except NameNotFree as refusal:
            flash(str(refusal), "error")
            return _to_cart()
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
            cart = carts.view(token) if isinstance(refusal, PriceChanged) else cart
    return _page(form, cart, own, status)


def _order(form: CheckoutForm, token: str | None, own: list[Membership]) -> Response:
    wanted = checking_out.Checkout(
        wish=placing.Wish(token or "", current_locale(), form.seen_total_minor),
        buyer=_buyer(form, own),
        accepted=_acceptance(form),
        browser=browser.at_hand(),
        account=None if current_principal().signed_in else _account(form),
    )
    done = checking_out.check_out(wanted, form_token=form_tokens.submitted())
    cart_cookie.forget()
    if done.session_token is not None:
        browser.remember(done.session_token, done.user_id)
    flash(_("Thank you for your order."), "success")
    if done.document_id is None:
        return htmx.go_to(url_for("orders_portal.order", customer_ref=done.customer_id, public_id=done.order_id))
    return htmx.go_to(url_for("billing_portal.document", customer_ref=done.customer_id, public_id=done.document_id))


def _account(form: CheckoutForm) -> checking_out.NewAccount:
    return checking_out.NewAccount(form.account_email.data or "", form.full_name.data or "", form.password.data or "")


def _buyer(form: CheckoutForm, own: list[Membership]) -> str | CustomerInput:
    """Return who buys; an e-mail or a person's name that was left empty is the account's."""
    if own and form.buyer.data != NEW_CUSTOMER:
        return str(form.buyer.data or "")
    principal = current_principal()
    if not form.email.data:
        form.email.data = principal.email or form.account_email.data
    if not form.name.data and form.kind.data == CustomerKind.PERSON:
        form.name.data = principal.name if principal.signed_in else form.full_name.data
    return form.typed(current_locale())


def _acceptance(form: CheckoutForm) -> terms_of_service.Acceptance | None:
    """Return what was agreed to; None where the box is empty, Invalid where other terms are in force by now."""
    if not form.terms.data:
        return None
    version = terms_of_service.version()
    if form.terms_version.data != version:
        form.terms.data = False
        text = _("The terms have changed in the meantime. Please read version %(version)s.", version=version)
        raise Invalid(text, fields={"terms": text})
    return terms_of_service.Acceptance(version, request.remote_addr)


def _own_customers() -> list[Membership]:
    user_id = current_principal().user_id
    return [] if user_id is None else [one for one in members.memberships_of(user_id) if one.role in BUYERS]


def _first_values(own: list[Membership]) -> dict[str, object]:
    return {"kind": CustomerKind.PERSON.value, "buyer": own[0].customer_public_id if own else NEW_CUSTOMER}


def _to_cart() -> Response:
    return htmx.go_to(url_for("storefront.cart"))


def _page(form: CheckoutForm, cart: CartView, own: list[Membership], status: int) -> Response:
    terms = terms_of_service.current(current_locale())
    form.seen_total.data = str(cart.total.minor)
    form.terms_version.data = terms.version
    return htmx.render(
        "orders/storefront/checkout.html",
        status=status,
        form=form,
        basket=cart,
        own=own,
        new_customer=NEW_CUSTOMER,
        person=current_principal(),
        terms=terms,
        form_token=form_tokens.submitted() or form_tokens.new_form_token(),
        sign_in_here=url_for("account.sign_in", next=url_for("storefront.checkout")),
        labels=labels,
    )
