"""Every query about carts and orders."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import defer, selectinload

from praho.core.db.scope import session
from praho.core.db.search import matching, newest
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document
from praho.models.customers import Customer
from praho.models.domains import DomainName
from praho.models.orders import Cart, CartItem, CartState, ItemState, Order, OrderItem, OrderState
from praho.models.provisioning import Service


def cart(token_hash: str) -> Cart | None:
    """Return the cart of a token, open or ordered, or None."""
    return session().scalar(select(Cart).where(Cart.token_hash == token_hash))


def cart_items(cart_id: int) -> list[CartItem]:
    """Return a cart's items, the oldest first."""
    return list(session().scalars(select(CartItem).where(CartItem.cart_id == cart_id).order_by(CartItem.id)))


def open_cart_items(token_hash: str) -> list[CartItem]:
    """Return the items of an open cart, the oldest first; none for an unknown token. One query."""
    statement = select(CartItem).join(Cart, Cart.id == CartItem.cart_id)
    statement = statement.where(Cart.token_hash == token_hash, Cart.state == CartState.OPEN)
    return list(session().scalars(statement.order_by(CartItem.id)))


def open_cart(token_hash: str) -> tuple[Cart | None, list[CartItem]]:
    """Return an open cart and its items, the oldest first; None for an empty or an unknown one. One query."""
    statement = select(CartItem, Cart).join(Cart, Cart.id == CartItem.cart_id)
    statement = statement.where(Cart.token_hash == token_hash, Cart.state == CartState.OPEN)
    rows = session().execute(statement.order_by(CartItem.id)).all()
    return (rows[0][1] if rows else None), [item for item, _cart in rows]


def has_ordered(customer_id: int | None, user_id: int | None) -> bool:
    """Return whether a customer, or a person for any customer, has an order that did not end unpaid. One query."""
    who = [] if customer_id is None else [Order.customer_id == customer_id]
    if user_id is not None:
        who.append(and_(Order.placed_by == user_id, Order.placed_by_staff.is_(False)))
    over = (OrderState.CANCELLED, OrderState.LAPSED)
    statement = select(Order.id).where(or_(*who), Order.state.not_in(over)).limit(1)
    return session().scalar(statement) is not None


def count_cart_items(token_hash: str) -> int:
    """Return how many items an open cart holds."""
    statement = select(func.count()).select_from(CartItem).join(Cart, Cart.id == CartItem.cart_id)
    statement = statement.where(Cart.token_hash == token_hash, Cart.state == CartState.OPEN)
    return int(session().scalar(statement) or 0)


def claim_cart(cart_id: int, order_public_id: str) -> bool:
    """Mark an open cart as ordered; False where another order took it first."""
    claimed = session().execute(
        update(Cart)
        .where(Cart.id == cart_id, Cart.state == CartState.OPEN)
        .values(state=CartState.ORDERED, order_public_id=order_public_id, details_sealed=None)
        .returning(Cart.id)
        .execution_options(synchronize_session=False)
    )
    return claimed.scalar() is not None


def delete_carts(before: datetime, limit: int) -> int:
    """Delete carts untouched since `before`, ordered or not, with their items; return how many."""
    ids = list(session().scalars(select(Cart.id).where(Cart.updated_at < before).order_by(Cart.id).limit(limit)))
    session().execute(delete(CartItem).where(CartItem.cart_id.in_(ids)))
    session().execute(delete(Cart).where(Cart.id.in_(ids)))
    return len(ids)


def next_order_number() -> str:
    """Take the next order number; gaps are harmless."""
    number = session().scalar(select(func.nextval("orders_order_number")))
    return f"ORD-{number:06d}"


def find(public_id: str) -> Order | None:
    """Return an order of the scope with its items, or None."""
    statement = select(Order).where(Order.public_id == public_id).options(selectinload(Order.items))
    return session().scalar(statement)


def item(public_id: str) -> OrderItem | None:
    """Return an order item of the scope, or None."""
    return session().scalar(select(OrderItem).where(OrderItem.public_id == public_id))


def order_and_proforma_of(item_id: str) -> tuple[Order, Document | None] | None:
    """Return the order of an item of the scope and the proforma that asks for its money; one query."""
    statement = (
        select(Order, Document)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .outerjoin(Document, Document.id == Order.proforma_id)
        .where(OrderItem.public_id == item_id)
    )
    row = session().execute(statement.options(defer(Document.snapshot, raiseload=True))).one_or_none()
    return None if row is None else (row[0], row[1])


def order_of(item: OrderItem) -> Order:
    """Return the order that an item belongs to."""
    return session().get_one(Order, item.order_id)


def items_of(order_id: int) -> list[OrderItem]:
    """Return an order's items in their order."""
    statement = select(OrderItem).where(OrderItem.order_id == order_id)
    return list(session().scalars(statement.order_by(OrderItem.position)))


def customer_of(order: Order) -> Customer:
    """Return the customer of an order."""
    return session().get_one(Customer, order.customer_id)


def proforma_of(order: Order) -> Document | None:
    """Return the proforma that asks for an order's money; None for an order that costs nothing."""
    return None if order.proforma_id is None else session().get_one(Document, order.proforma_id)


def domains_made(item_ids: Iterable[str]) -> dict[str, DomainName]:
    """Return the domains that items became, by the items' public ids."""
    statement = select(DomainName).where(DomainName.origin.in_(list(item_ids)))
    return {row.origin: row for row in session().scalars(statement)}


def services_made(item_ids: Iterable[str]) -> dict[str, Service]:
    """Return the services that items became, by the items' public ids."""
    statement = select(Service).where(Service.origin.in_(list(item_ids)))
    return {row.origin: row for row in session().scalars(statement)}


def due_to_lapse(today: date, after: tuple[date, int] | None, limit: int) -> Sequence[tuple[date, int, str]]:
    """Return unpaid orders whose last day has passed: that day, id and public id, the oldest first."""
    statement = select(Order.lapses_on, Order.id, Order.public_id)
    statement = statement.where(Order.state == OrderState.AWAITING_PAYMENT, Order.lapses_on < today)
    if after is not None:
        day, order_id = after
        statement = statement.where((Order.lapses_on > day) | ((Order.lapses_on == day) & (Order.id > order_id)))
    rows = session().execute(statement.order_by(Order.lapses_on, Order.id).limit(limit))
    return [(day, order_id, public_id) for day, order_id, public_id in rows]


def listed(state: OrderState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[Order]:
    """Return a page of the scope's orders with their items, the newest first, or the oldest."""
    statement: Select[Order] = select(Order).options(selectinload(Order.items))
    if state is not None:
        statement = statement.where(Order.state == state)
    wanted = matching(Order.search, search)
    return page_of(statement, [Order.id], cursor, descending=not oldest, matching=wanted)


def customer_names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of customers by id."""
    statement = select(Customer.id, Customer.name).where(Customer.id.in_(set(customer_ids)))
    return {row.id: row.name for row in session().execute(statement)}


def found(query: str, limit: int) -> list[Order]:
    """Return the newest orders that a prefix query finds."""
    return list(session().scalars(newest(select(Order), (Order.search, query), Order.id, limit)))


def of_customer(customer_id: int, limit: int) -> list[Order]:
    """Return a customer's newest orders."""
    statement = select(Order).where(Order.customer_id == customer_id)
    return list(session().scalars(statement.order_by(Order.id.desc()).limit(limit)))


def history(customer_id: int, before: datetime | None, limit: int) -> list[Order]:
    """Return a customer's orders placed up to and with an instant, the newest first."""
    statement = select(Order).where(Order.customer_id == customer_id)
    if before is not None:
        statement = statement.where(Order.created_at <= before)
    return list(session().scalars(statement.order_by(Order.created_at.desc(), Order.id.desc()).limit(limit)))


def open_orders(limit: int) -> list[Order]:
    """Return the scope's orders that are being delivered, with their items, the newest first."""
    statement = select(Order).where(Order.state == OrderState.IN_PROGRESS).options(selectinload(Order.items))
    return list(session().scalars(statement.order_by(Order.id.desc()).limit(limit)))


def failed_items(cursor: str | None) -> Page[OrderItem]:
    """Return a page of the items that wait for a decision of staff, the newest first."""
    return page_of(select(OrderItem).where(OrderItem.state == ItemState.FAILED), [OrderItem.id], cursor)


def orders_by_id(order_ids: Iterable[int]) -> dict[int, Order]:
    """Return orders by their ids."""
    statement = select(Order).where(Order.id.in_(set(order_ids)))
    return {row.id: row for row in session().scalars(statement)}


def failed_item_count() -> int:
    """Return how many items wait for a decision of staff."""
    statement = select(func.count()).select_from(OrderItem).where(OrderItem.state == ItemState.FAILED)
    return int(session().scalar(statement) or 0)


def stuck_count(paid_before: datetime) -> int:
    """Return how many orders have items that were asked for since before that instant and are undecided."""
    undecided = select(OrderItem.order_id).where(OrderItem.state == ItemState.DELIVERING)
    statement = select(func.count()).select_from(Order)
    statement = statement.where(
        Order.state == OrderState.IN_PROGRESS, Order.paid_at < paid_before, Order.id.in_(undecided)
    )
    return int(session().scalar(statement) or 0)
