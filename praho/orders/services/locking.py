"""Locking an order in the global order: the customer, the order, its items."""

from praho.core.db import locking
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.customers import Customer
from praho.models.orders import Order, OrderItem
from praho.orders import repos


def locked_order(public_id: str) -> Order:
    """Lock an order of the scope with its customer; raises NotFound."""
    found = repos.find(public_id)
    if found is None:
        raise NotFound(_("This order does not exist."))
    locking.lock_one(Customer, found.customer_id)
    order = locking.lock_one(Order, found.id)
    assert order is not None
    return order


def locked_items(order: Order) -> list[OrderItem]:
    """Lock a locked order's items, in their order."""
    return locking.lock(OrderItem, [item.id for item in repos.items_of(order.id)])


def locked_item(found: OrderItem) -> tuple[Order, OrderItem]:
    """Lock an item with its order and its customer."""
    locking.lock_one(Customer, found.customer_id)
    return rows_of(found)


def rows_of(found: OrderItem) -> tuple[Order, OrderItem]:
    """Lock an item with its order, below the customer that the caller has locked."""
    order = locking.lock_one(Order, found.order_id)
    item = locking.lock_one(OrderItem, found.id)
    assert order is not None
    assert item is not None
    return order, item
