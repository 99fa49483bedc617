"""Every query about carts and orders."""

from datetime import date, datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import selectinload

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.orders import Cart, CartItem, CartState, ItemState, Order, OrderItem, OrderState


def open_cart(token_hash: str) -> Cart | None:
    """Return the open cart of a token, or None."""
    return session().scalar(select(Cart).where(Cart.token_hash == token_hash, Cart.state == CartState.OPEN))


def cart_items(cart_id: int) -> list[CartItem]:
    """Return a cart's items, the oldest first."""
    return list(session().scalars(select(CartItem).where(CartItem.cart_id == cart_id).order_by(CartItem.id)))


def claim_cart(cart_id: int, order_public_id: str) -> bool:
    """Mark an open cart as ordered; False where another order took it first."""
    claimed = session().execute(
        update(Cart)
        .where(Cart.id == cart_id, Cart.state == CartState.OPEN)
        .values(state=CartState.ORDERED, order_public_id=order_public_id)
        .returning(Cart.id)
        .execution_options(synchronize_session=False)
    )
    return claimed.scalar() is not None


def delete_stale_carts(before: datetime, limit: int) -> int:
    """Delete open carts untouched since `before`, with their items; return how many."""
    stale = select(Cart.id).where(Cart.state == CartState.OPEN, Cart.updated_at < before).limit(limit)
    ids = list(session().scalars(stale))
    session().execute(delete(CartItem).where(CartItem.cart_id.in_(ids)))
    session().execute(delete(Cart).where(Cart.id.in_(ids)))
    return len(ids)


def next_order_number() -> str:
    """Take the next order number; gaps are harmless."""
    number = session().execute(select(func.nextval("orders_order_number"))).scalar_one()
    return f"ORD-{number:06d}"


def find(public_id: str) -> Order | None:
    """Return an order of the scope with its items, or None."""
    statement = select(Order).where(Order.public_id == public_id).options(selectinload(Order.items))
    return session().scalar(statement)


def item(public_id: str) -> OrderItem | None:
    """Return an order item of the scope, or None."""
    return session().scalar(select(OrderItem).where(OrderItem.public_id == public_id))


def order_of(item: OrderItem) -> Order:
    """Return the order that an item belongs to."""
    order = session().get(Order, item.order_id)
    assert order is not None
    return order


def items_of(order_id: int) -> list[OrderItem]:
    """Return an order's items in their order."""
    statement = select(OrderItem).where(OrderItem.order_id == order_id)
    return list(session().scalars(statement.order_by(OrderItem.position)))


def ids_to_lapse(today: date, limit: int) -> list[str]:
    """Return unpaid orders whose last day has passed, the oldest first."""
    statement = select(Order.public_id).where(Order.state == OrderState.AWAITING_PAYMENT, Order.lapses_on < today)
    return list(session().scalars(statement.order_by(Order.lapses_on, Order.id).limit(limit)))


def listed(state: OrderState | None, cursor: str | None) -> Page[Order]:
    """Return a page of the scope's orders with their items, the newest first."""
    statement: Select[Order] = select(Order).options(selectinload(Order.items))
    if state is not None:
        statement = statement.where(Order.state == state)
    return page_of(statement, [Order.id], cursor)


def of_customer(customer_id: int, limit: int) -> list[Order]:
    """Return a customer's newest orders."""
    statement = select(Order).where(Order.customer_id == customer_id)
    return list(session().scalars(statement.order_by(Order.id.desc()).limit(limit)))


def failed_items(limit: int) -> list[OrderItem]:
    """Return items that wait for a decision of staff, the oldest first."""
    statement = select(OrderItem).where(OrderItem.state == ItemState.FAILED)
    return list(session().scalars(statement.order_by(OrderItem.id).limit(limit)))


def failed_item_count() -> int:
    """Return how many items wait for a decision of staff."""
    statement = select(func.count()).select_from(OrderItem).where(OrderItem.state == ItemState.FAILED)
    return int(session().scalar(statement) or 0)
