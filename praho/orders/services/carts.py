"""Carts: what a visitor has chosen, kept under an unguessable token that survives sign-in."""

from datetime import timedelta

from praho.catalogue import repos as catalogue
from praho.catalogue.services import pricing
from praho.core import clock
from praho.core.crypto import hash_token, new_token
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name as domain_names
from praho.models.catalogue import BillingCycle, DomainOperation
from praho.models.orders import Cart, CartItem, ItemKind
from praho.orders import repos
from praho.orders.services import quoting
from praho.orders.types import CartView

CURRENCY = "RON"
MOST_ITEMS = 50
KEPT_FOR = timedelta(days=30)


def view(token: str | None) -> CartView:
    """Return the cart of a token at today's prices; an unknown token is an empty cart."""
    with entered(SystemScope("cart")):
        cart = _find(token)
        return quoting.view([] if cart is None else repos.cart_items(cart.id), CURRENCY)


def count(token: str | None) -> int:
    """Return how many items the cart holds."""
    with entered(SystemScope("cart")):
        cart = _find(token)
        return 0 if cart is None else len(repos.cart_items(cart.id))


def add_plan(token: str | None, product_slug: str, cycle: BillingCycle, domain_name: str | None) -> str:
    """Put a plan into the cart and return the cart's token, a new one where there was no cart.

    Raises NotForSale, and Invalid for a plan that needs a domain and got none.
    """
    with entered(SystemScope("cart")), unit_of_work():
        product = catalogue.product_by_slug(product_slug)
        price = pricing.plan(product, cycle, CURRENCY)
        name = domain_names.parse(domain_name).ascii if domain_name else None
        if price.needs_domain and name is None:
            text = _("Choose the domain that this plan is for.")
            raise Invalid(text, fields={"domain_name": text})
        cart, token = _find_or_open(token)
        _add(cart, CartItem(kind=ItemKind.HOSTING, product_id=price.product_id, cycle=cycle.value, domain_name=name))
        return token


def add_domain(token: str | None, name: str, years: int) -> str:
    """Put a domain registration into the cart, or change the years of the one that is there; return the token."""
    with entered(SystemScope("cart")), unit_of_work():
        price = pricing.domain(name, DomainOperation.REGISTER, years, CURRENCY)
        cart, token = _find_or_open(token)
        for item in repos.cart_items(cart.id):
            if item.kind is ItemKind.DOMAIN and item.domain_name == price.name:
                item.years = years
                cart.updated_at = clock.now()
                return token
        _add(cart, CartItem(kind=ItemKind.DOMAIN, domain_name=price.name, years=years))
        return token


def change(token: str | None, item_id: str, *, cycle: BillingCycle | None = None, years: int | None = None) -> None:
    """Change the period of an item; raises NotFound, NotForSale."""
    with entered(SystemScope("cart")), unit_of_work():
        item = _item(token, item_id)
        if item.kind is ItemKind.DOMAIN and years is not None:
            pricing.domain(item.domain_name or "", DomainOperation.REGISTER, years, CURRENCY)
            item.years = years
        elif item.kind is ItemKind.HOSTING and cycle is not None:
            product = catalogue.products_by_id([item.product_id or 0]).get(item.product_id or 0)
            pricing.plan(product, cycle, CURRENCY)
            item.cycle = cycle.value


def remove(token: str | None, item_id: str) -> None:
    """Take an item out; one that is gone already is no error."""
    with entered(SystemScope("cart")), unit_of_work():
        try:
            item = _item(token, item_id)
        except NotFound:
            return
        session().delete(item)


def prune() -> int:
    """Delete open carts that nobody touched for thirty days; return how many."""
    with unit_of_work():
        return repos.delete_stale_carts(clock.now() - KEPT_FOR, limit=1000)


def _find(token: str | None) -> Cart | None:
    return None if not token else repos.open_cart(hash_token(token))


def _find_or_open(token: str | None) -> tuple[Cart, str]:
    cart = _find(token)
    if cart is not None and token is not None:
        return cart, token
    token, token_hash = new_token()
    cart = Cart(token_hash=token_hash, currency=CURRENCY, created_at=clock.now(), updated_at=clock.now())
    session().add(cart)
    session().flush()
    return cart, token


def _add(cart: Cart, item: CartItem) -> None:
    if len(repos.cart_items(cart.id)) >= MOST_ITEMS:
        raise Invalid(_("This cart is full. Please order what it holds first."))
    item.cart_id = cart.id
    item.created_at = clock.now()
    cart.updated_at = clock.now()
    session().add(item)


def _item(token: str | None, item_id: str) -> CartItem:
    cart = _find(token)
    for item in [] if cart is None else repos.cart_items(cart.id):
        if item.public_id == item_id:
            return item
    raise NotFound(_("This item is no longer in the cart."))
