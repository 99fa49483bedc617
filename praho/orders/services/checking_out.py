"""Checkout: account, customer and order in one transaction, or nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from praho.core import passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Forbidden, Invalid, NotFound, PrahoError
from praho.core.i18n import gettext as _
from praho.core.principal import ActorKind, Principal, acting_as, current_principal
from praho.core.web import form_tokens, rate_limits
from praho.customers.services import checking, members, registering
from praho.customers.types import CustomerInput
from praho.orders import repos
from praho.orders.errors import EmptyCart
from praho.orders.permissions import BUYERS
from praho.orders.services import carts, placing, searching, taxing
from praho.orders.services.terms import Acceptance
from praho.users.services import limits, sessions, signing_up
from praho.users.types import Browser, Person

ACCOUNT_FIELDS = {"email": "account_email", "full_name": "full_name", "password": "password"}
"""How the checkout's form names what an account needs; the customer's fields have names of their own."""
_PURPOSE = "orders.check_out"
MOST_PASSWORDS = 120
"""How many passwords of a network are hashed in an hour."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who signs up while ordering, as typed; the password was checked and hashed in the first step."""

    email: str
    full_name: str
    password_hash: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a checkout asks for.

    `account` is None for who is signed in. `buyer` is the public id of one of their customers, or a new one as
    typed. `accepted` is None where the terms were not.
    """

    wish: placing.Wish
    buyer: str | CustomerInput
    accepted: Acceptance | None
    browser: Browser
    account: NewAccount | None = None


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """The order that was placed. `document_id` is None where there is nothing to pay.

    `session_token` and `user_id` (a public id) sign the new account in at this browser; None for who was signed in,
    and where the form was sent a second time.
    """

    order_id: str
    customer_id: str
    document_id: str | None
    session_token: str | None = field(default=None, repr=False)
    user_id: str | None = None


def hashed(password: str, email: str, ip: str | None) -> str:
    """Return the hash of a password that somebody chose; raises WeakPassword, an Invalid, and TooManyRequests.

    Hashing is slow on purpose, so a network gets it only so often.
    """
    rate_limits.hit("checkout.password", limits.network_of(ip), limit=MOST_PASSWORDS, seconds=3600)
    passwords.check_strength(password, email)
    return passwords.hash_password(password)


def check_details(account: NewAccount | None, buyer: str | CustomerInput, browser: Browser) -> None:
    """Raise Invalid naming every refused field of the first step, EmailTaken for an address that has an account.

    Nothing is made. Also raises NotFound for a customer that is not the person's, and TooManyRequests.
    """
    rate_limits.hit("checkout.details", limits.network_of(browser.ip), limit=120, seconds=3600)
    refused = _refused(account, buyer)
    if refused:
        raise _invalid(refused)
    if account is not None:
        with _our_field_names():
            signing_up.require_unknown(account.email)
    user_id = current_principal().user_id
    if isinstance(buyer, str):
        _own_customer(user_id, buyer)
    taxing.ask_vies(buyer)


def check_out(wanted: Checkout, *, form_token: str) -> CheckedOut:
    """Order a cart, with the account and the customer that it needs; once for each form.

    Raises Invalid naming every refused field at once, NameNotFree, the refusals of `placing.place` and of
    `signing_up.create_user`, Forbidden where somebody who is not signed in brings no account, and
    TooManyRequests beyond the limits.
    """
    _check(wanted)
    rate_limits.hit("checkout", limits.network_of(wanted.browser.ip), limit=60, seconds=3600)
    if wanted.account is not None:
        limits.count_sign_up(wanted.browser.ip)
    searching.require_not_gone(carts.domain_names_in(wanted.wish.cart_token))
    return _place(wanted, form_token)


def placed_before(form_token: str) -> CheckedOut:
    """Return the order that this form placed when it was sent the first time; raises EmptyCart where it was not."""

    def act() -> str:
        raise EmptyCart(_("The cart is empty."))

    with entered(SystemScope("checkout")), unit_of_work():
        return _result(form_tokens.once(form_token, _PURPOSE, act))


def _check(wanted: Checkout) -> None:
    """Raise Invalid for everything that can be seen to be wrong without the database, together."""
    if wanted.account is None and current_principal().user_id is None:
        raise Forbidden(_("Please sign in, or make an account."))
    refused = _refused(wanted.account, wanted.buyer)
    if wanted.accepted is None:
        refused["terms"] = _("Without agreeing to the terms there can be no order.")
    if refused:
        raise _invalid(refused)


def _refused(account: NewAccount | None, buyer: str | CustomerInput) -> dict[str, object]:
    refused: dict[str, object] = {}
    if account is not None:
        try:
            signing_up.checked(email=account.email, full_name=account.full_name)
        except Invalid as error:
            refused |= {ACCOUNT_FIELDS[name]: message for name, message in error.fields.items()}
        if account.password_hash is None:
            refused["password"] = _("Choose a password.")
    if isinstance(buyer, CustomerInput):
        try:
            checking.checked(buyer)
        except Invalid as error:
            refused |= error.fields
    return refused


def _invalid(refused: dict[str, object]) -> Invalid:
    return Invalid(_("Please correct the marked fields."), fields=refused)


def _place(wanted: Checkout, form_token: str) -> CheckedOut:
    session_of: list[tuple[str, str]] = []

    def act() -> str:
        person = None if wanted.account is None else _sign_up(wanted.account, wanted.wish.locale)
        if person is None:
            return _order(wanted)
        with acting_as(_principal(person)):
            order_id = _order(wanted)
        session_of.append((sessions.start(person.id, wanted.browser), person.public_id))
        return order_id

    with entered(SystemScope("checkout")), unit_of_work():
        order_id = form_tokens.once(form_token, _PURPOSE, act)
        token, user_id = session_of[0] if session_of else (None, None)
        return replace(_result(order_id), session_token=token, user_id=user_id)


def _sign_up(account: NewAccount, locale: str) -> Person:
    with _our_field_names():
        return signing_up.create_user(
            email=account.email, full_name=account.full_name, password_hash=account.password_hash, locale=locale
        )


@contextmanager
def _our_field_names() -> Iterator[None]:
    """Let a refusal of the account name the checkout's fields."""
    try:
        yield
    except PrahoError as error:
        error.fields = {ACCOUNT_FIELDS.get(name, name): message for name, message in error.fields.items()}
        raise


def _order(wanted: Checkout) -> str:
    assert wanted.accepted is not None
    user_id = current_principal().user_id
    assert user_id is not None
    if isinstance(wanted.buyer, CustomerInput):
        customer_id = registering.register(wanted.buyer, owner_id=user_id).id
    else:
        customer_id = _own_customer(user_id, wanted.buyer)
    return placing.place_now(wanted.wish, customer_id, wanted.accepted)


def _own_customer(user_id: int | None, public_id: str) -> int:
    """Return the id of a customer for whom this person may order; for any other there is no such customer."""
    membership = members.membership(user_id, public_id)
    if membership is None or membership.role not in BUYERS:
        raise NotFound(_("There is no such customer."))
    return membership.customer_id


def _principal(person: Person) -> Principal:
    return Principal(
        ActorKind.USER,
        person.full_name,
        user_id=person.id,
        public_id=person.public_id,
        email=person.email,
        ip=current_principal().ip,
    )


def _result(order_id: str) -> CheckedOut:
    order = repos.find(order_id)
    assert order is not None
    proforma = repos.proforma_of(order)
    return CheckedOut(
        order_id=order.public_id,
        customer_id=repos.customer_of(order).public_id,
        document_id=None if proforma is None else proforma.public_id,
    )
