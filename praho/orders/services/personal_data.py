"""What becomes of orders and carts when who ordered asks to be forgotten: what was sold for how much, not to whom."""

import json

from sqlalchemy import ColumnElement, select

from praho.core import text
from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import NOWHERE, Forgotten, TableRule, Treatment, delete, of_customer
from praho.models.orders import Cart, CartItem, CartState, ItemKind, Order, OrderItem

ORDERS = _("Orders: domain names, notes, network addresses")
CARTS = _("Carts, and what was typed at the checkout")


def forget_orders(whom: Forgotten) -> int:
    """Take from a customer's orders what is not merchandise and money; return how many there are."""
    rows = list(session().scalars(select(Order).where(Order.customer_id == whom.customer_id)))
    for row in rows:
        row.terms_ip = row.terms_note = row.discount_reason = None
        row.search = text.search_document(row.number)
    session().flush()
    return len(rows)


def forget_items(whom: Forgotten) -> int:
    """Take the domain names from a customer's order items; return how many items there are."""
    rows = list(session().scalars(select(OrderItem).where(OrderItem.customer_id == whom.customer_id)))
    for row in rows:
        label = str(row.details.get("label", ""))
        if row.domain_name is not None:
            row.description = row.description.replace(row.domain_name, NOWHERE)
            row.domain_name = NOWHERE
        if row.kind is ItemKind.DOMAIN:
            row.description = row.description.replace(label, NOWHERE) if label else NOWHERE
            row.details = {**row.details, "label": NOWHERE}
        row.failure = None
    session().flush()
    return len(rows)


def carts(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a cart became an order of the customer, or holds what its people typed."""
    ordered = select(Order.public_id).where(Order.customer_id == whom.customer_id)
    return Cart.order_public_id.in_(ordered) | Cart.id.in_(_typed_by(whom))


def cart_items(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether an item lies in such a cart."""
    return CartItem.cart_id.in_(select(Cart.id).where(carts(whom)))


def _typed_by(whom: Forgotten) -> list[int]:
    # What was typed is encrypted. Open carts are few: they end with the order, or with time.
    open_carts = session().scalars(
        select(Cart).where(Cart.state == CartState.OPEN, Cart.details_sealed.is_not(None))
    )  # fmt: skip
    return [cart.id for cart in open_carts if _is_of(json.loads(cart.details or "{}"), whom)]


def _is_of(typed: dict[str, object], whom: Forgotten) -> bool:
    said = json.dumps(typed, ensure_ascii=False).lower()
    return typed.get("by") in whom.user_refs or any(f'"{address}"' in said for address in whom.addresses)


RULES = (
    delete(CartItem, CARTS, cart_items),
    delete(Cart, CARTS, carts),
    TableRule(
        model=OrderItem,
        treatment=Treatment.PSEUDONYMISE,
        what=ORDERS,
        rows=of_customer(OrderItem),
        columns=("domain_name", "description", "details", "failure"),
        plain=("cycle", "discount_label"),
        run=forget_items,
    ),
    TableRule(
        model=Order,
        treatment=Treatment.PSEUDONYMISE,
        what=ORDERS,
        rows=of_customer(Order),
        columns=("terms_ip", "terms_note", "discount_reason", "search"),
        plain=("number", "promo_code", "terms_version", "lapses_on"),
        run=forget_orders,
    ),
)
