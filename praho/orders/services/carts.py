"""Carts: what a visitor has chosen, kept under an unguessable token that survives sign-in."""

from dataclasses import replace
from datetime import timedelta

from praho.catalogue.services import currencies, pricing
from praho.catalogue.services.redeeming import Buyer
from praho.core import clock
from praho.core.crypto import hash_token, new_token
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name as domain_names
from praho.models.catalogue import BillingCycle, DomainOperation
from praho.models.orders import Cart, CartItem, CartState, ItemKind
from praho.orders import repos
from praho.orders.services import discounts, quoting
from praho.orders.types import CartView

MOST_ITEMS = 50
KEPT_FOR = timedelta(days=30)
_BATCH = 500


def view(
    token: str | None,
    decide: quoting.Decide | None = None,
    *,
    currency: str = currencies.HOME,
    customer_id: int | None = None,
    by_staff: bool = False,
) -> CartView:
    """Return the cart of a token at today's prices in its own currency; an unknown token is an empty cart.

    `currency` is that of an empty one. Texts are in the reader's language. `customer_id` is who buys, as far as that
    is known: for the discount that they have, and whether the cart's code holds for them.

    `decide` gives the VAT for its net; by default it is that of a buyer in Romania.
    """
    with entered(SystemScope("cart")):
        cart, items = repos.open_cart(hash_token(token)) if token else (None, [])
        if cart is None:
            return quoting.view_of(quoting.quote(items, currency), decide)
        buyer = discounts.buyer(customer_id, by_staff=by_staff)
        basket = quoting.quote(items, cart.currency, wanted_by(cart, buyer))
        return replace(quoting.view_of(basket, decide), discount_reason=cart.discount_reason)


def wanted_by(cart: Cart, buyer: Buyer) -> discounts.Wanted:
    """Return the discounts that a cart asks for."""
    return discounts.Wanted(cart.promo_code, cart.allowance_minor, buyer)


def currency_of(token: str | None) -> str | None:
    """Return the currency of an open cart, or None. One query."""
    if not token:
        return None
    with entered(SystemScope("cart")):
        cart = repos.cart(hash_token(token))
        return cart.currency if cart is not None and cart.state is CartState.OPEN else None


def count(token: str | None) -> int:
    """Return how many items the cart holds. One query."""
    if not token:
        return 0
    with entered(SystemScope("cart")):
        return repos.count_cart_items(hash_token(token))


def domain_names_in(token: str | None) -> list[str]:
    """Return the names that an open cart would register, in ASCII. One query."""
    if not token:
        return []
    with entered(SystemScope("cart")):
        items = repos.open_cart_items(hash_token(token))
        return [item.domain_name for item in items if item.kind is ItemKind.DOMAIN and item.domain_name]


def switch(token: str | None, currency: str) -> str:
    """Price the cart in a currency that the shop sells in, and return its token, a new one where there was no cart.

    What is not sold in it stays in the cart and says so. Raises Invalid for another currency.
    """
    with entered(SystemScope("cart")), unit_of_work():
        if currency not in currencies.sold():
            raise Invalid(_("We do not sell in this currency."))
        cart, token = _locked_or_new(token, currency)
        cart.updated_at = clock.now()
        return token


def add_plan(
    token: str | None,
    product_slug: str,
    cycle: BillingCycle,
    domain_name: str,
    *,
    currency: str = currencies.HOME,
) -> str:
    """Put a plan for a domain into the cart and return the cart's token, a new one where there was no open cart.

    The domain is in the cart as well, or one that the buyer has. The whole cart is priced in `currency` from then
    on, in which the plan was shown. Raises NotForSale, and Invalid for what is no domain name.
    """
    with entered(SystemScope("cart")), unit_of_work():
        price = pricing.plan(product_slug, cycle, currency)
        name = domain_names.parse(domain_name).ascii
        cart, token = _locked_or_new(token, currency)
        _add(cart, CartItem(kind=ItemKind.HOSTING, product_id=price.product_id, cycle=cycle.value, domain_name=name))
        return token


def add_domain(
    token: str | None,
    name: str,
    years: int | None,
    *,
    for_plan: tuple[str, BillingCycle] | None = None,
    currency: str = currencies.HOME,
) -> str:
    """Put a domain registration into the cart, with the plan (slug, cycle) that it is for, and return the token.

    `years` None means the fewest that are sold. The whole cart is priced in `currency` from then on. Where the domain
    is in the cart already its years change, and a plan for it is not added twice. The caller has seen to it that the
    name is free. Raises NotForSale.
    """
    with entered(SystemScope("cart")), unit_of_work():
        book = pricing.of_domains(currency)
        if years is None:
            years = min(book.years_of(name, DomainOperation.REGISTER), default=1)
        price = book.domain(name, DomainOperation.REGISTER, years)
        plan = None if for_plan is None else pricing.plan(*for_plan, currency)
        cart, token = _locked_or_new(token, currency)
        items = repos.cart_items(cart.id)
        same_name = (item for item in items if item.kind is ItemKind.DOMAIN and item.domain_name == price.name)
        present = next(same_name, None)
        if present is not None:
            present.years = years
            cart.updated_at = clock.now()
        else:
            _add(cart, CartItem(kind=ItemKind.DOMAIN, domain_name=price.name, years=years))
        if plan is not None and not _holds_plan(items, plan.product_id, price.name):
            hosting = CartItem(kind=ItemKind.HOSTING, product_id=plan.product_id, cycle=plan.cycle.value)
            hosting.domain_name = price.name
            _add(cart, hosting)
        return token


def change(token: str | None, item_id: str, *, cycle: BillingCycle | None = None, years: int | None = None) -> None:
    """Change the period of an item; raises NotFound, NotForSale."""
    with entered(SystemScope("cart")), unit_of_work():
        cart, item = item_of(token, item_id)
        if item.kind is ItemKind.DOMAIN and years is not None:
            pricing.domain(item.domain_name or "", DomainOperation.REGISTER, years, cart.currency)
            item.years = years
        elif item.kind is ItemKind.HOSTING and cycle is not None and item.product_id is not None:
            pricing.for_items([item.product_id], cart.currency, with_domains=False).plan(item.product_id, cycle)
            item.cycle = cycle.value
        else:
            raise Invalid(_("Choose one of the periods."))
        cart.updated_at = clock.now()


def remove(token: str | None, item_id: str) -> None:
    """Take an item out; one that is gone already is no error."""
    with entered(SystemScope("cart")), unit_of_work():
        try:
            cart, item = item_of(token, item_id)
        except NotFound:
            return
        cart.updated_at = clock.now()
        session().delete(item)


def prune() -> int:
    """Delete carts that nobody touched for thirty days, the ordered ones too; return how many."""
    gone = 0
    while True:
        with unit_of_work():
            batch = repos.delete_carts(clock.now() - KEPT_FOR, _BATCH)
        gone += batch
        if batch < _BATCH:
            return gone


def _holds_plan(items: list[CartItem], product_id: int, name: str) -> bool:
    return any(item.product_id == product_id and item.domain_name == name for item in items)


def locked(token: str | None) -> Cart | None:
    """Lock the open cart of a token, None for none: what is added and what is ordered must not pass each other."""
    found = repos.cart(hash_token(token)) if token else None
    cart = None if found is None else locking.lock_one(Cart, found.id)
    return cart if cart is not None and cart.state is CartState.OPEN else None


def _locked_or_new(token: str | None, currency: str) -> tuple[Cart, str]:
    cart = locked(token)
    if cart is not None and token is not None:
        _price_in(cart, currency)
        return cart, token
    token, token_hash = new_token()
    cart = Cart(token_hash=token_hash, currency=currency, created_at=clock.now(), updated_at=clock.now())
    session().add(cart)
    session().flush()
    return cart, token


def _price_in(cart: Cart, currency: str) -> None:
    """Price a cart in a currency; what staff took off in another one is no amount in this one."""
    if cart.currency == currency:
        return
    cart.currency = currency
    cart.allowance_minor = 0
    for item in repos.cart_items(cart.id):
        item.discount_minor = None


def _add(cart: Cart, item: CartItem) -> None:
    session().flush()
    if len(repos.cart_items(cart.id)) >= MOST_ITEMS:
        raise Invalid(_("This cart is full. Please order what it holds first."))
    item.cart_id = cart.id
    item.created_at = clock.now()
    cart.updated_at = clock.now()
    session().add(item)
    session().flush()


def item_of(token: str | None, item_id: str) -> tuple[Cart, CartItem]:
    """Lock the open cart of a token and return it with one of its items; raises NotFound."""
    cart = locked(token)
    if cart is not None:
        for item in repos.cart_items(cart.id):
            if item.public_id == item_id:
                return cart, item
    raise NotFound(_("This item is no longer in the cart."))
