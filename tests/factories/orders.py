"""Carts and orders for tests, through the services that make them in life."""

import itertools
import secrets
from collections.abc import Iterable

from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.catalogue import BillingCycle, Product
from praho.models.customers import Customer
from praho.models.orders import Order, OrderItem
from praho.orders.services import carts, placing
from praho.orders.services.terms import Acceptance

_numbers = itertools.count(1)
ACCEPTED = Acceptance("1", "192.0.2.7")


def fill_cart(
    plans: Iterable[tuple[Product, BillingCycle, str]] = (),
    names: Iterable[tuple[str, int]] = (),
    token: str | None = None,
) -> str:
    """Put plans (with their period and domain) and names (with their years) into a cart; return its token."""
    for name, years in names:
        token = carts.add_domain(token, name, years)
    for product, cycle, name in plans:
        token = carts.add_plan(token, product.slug, cycle, name)
    assert token is not None
    return token


def place(customer: Customer, cart: str, **values: object) -> str:
    """Order a cart and return the order's public id."""
    wish = placing.Wish(**{"cart_token": cart, "locale": "ro", **values})  # type: ignore[arg-type]
    return placing.place(wish, customer.id, ACCEPTED, form_token=secrets.token_urlsafe(12))


def make_order(customer: Customer, product: Product, names: Iterable[str] = ()) -> str:
    """Place an order of a plan for a year, with domains registered for one year; return its public id."""
    number = next(_numbers)
    cart = fill_cart([(product, BillingCycle.ANNUAL, f"comanda{number}.ro")], [(name, 1) for name in names])
    return place(customer, cart)


def order(public_id: str) -> Order:
    """Return an order as it is now."""
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Order).where(Order.public_id == public_id)).one()


def items(public_id: str) -> list[OrderItem]:
    """Return an order's items as they are now."""
    with entered(SystemScope("test")) as session:
        statement = select(OrderItem).join(Order, Order.id == OrderItem.order_id)
        return list(session.scalars(statement.where(Order.public_id == public_id).order_by(OrderItem.position)))


def orders() -> list[Order]:
    """Return all orders."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Order).order_by(Order.id)))


def copy(public_id: str, times: int, **values: object) -> None:
    """Insert more orders like one that there is, each with one item, without proformas."""
    model, item = order(public_id), items(public_id)[0]
    with entered(SystemScope("factory")), unit_of_work() as session:
        for number in (next(_numbers) for _time in range(times)):
            row = Order(**_like(model, public_id=f"ord_copy{number}", number=f"COPY-{number}", search="comanda"))
            row.proforma_id = None
            session.add(row)
            session.flush()
            session.add(OrderItem(**{**_like(item, public_id=f"itm_copy{number}", order_id=row.id), **values}))


def _like(row: Order | OrderItem, **values: object) -> dict[str, object]:
    columns = {column.key: getattr(row, column.key) for column in type(row).__table__.columns if column.key != "id"}
    return {**columns, **values}
