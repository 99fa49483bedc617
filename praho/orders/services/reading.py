"""Orders as their pages show them. Rows belong to the scope at hand, so that somebody else's do not exist."""

from collections.abc import Sequence
from datetime import datetime

from praho.billing.documents import snapshot_json
from praho.billing.tax import wording
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.billing.documents import Document
from praho.models.orders import Order, OrderItem, OrderState
from praho.orders import repos
from praho.orders.services import outcomes
from praho.orders.types import ItemView, OrderView, Proforma


def listed(state: OrderState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[Order]:
    """Return a page of the scope's orders with their items, the newest first, or the oldest."""
    return repos.listed(state, search, cursor, oldest=oldest)


def customers_of(rows: Sequence[Order]) -> dict[int, str]:
    """Return the customers' names of some orders, by the customer's id. One query."""
    return repos.customer_names(row.customer_id for row in rows)


def shown(public_id: str) -> OrderView:
    """Return an order of the scope with what its items became; raises NotFound."""
    row = repos.find(public_id)
    if row is None:
        raise NotFound(_("This order does not exist."))
    made = outcomes.of_items(row.items)
    proforma = repos.proforma_of(row)
    customer = repos.customer_of(row)
    return OrderView(
        row=row,
        items=tuple(ItemView(item, made.get(item.public_id)) for item in row.items),
        proforma=None if proforma is None else _proforma(proforma),
        customer_public_id=customer.public_id,
        customer_name=customer.name,
    )


def beginnings(item_id: str) -> tuple[Order, Document | None] | None:
    """Return the order of an item, such as a service's origin, with its proforma; None for another's. One query."""
    return repos.order_and_proforma_of(item_id)


def _proforma(document: Document) -> Proforma:
    tax = snapshot_json.from_json(document.snapshot).tax
    why_vat = "" if tax is None else wording.sentence(tax)
    return Proforma(document.public_id, document.number_text, document.state, why_vat)


def total_of(row: Order) -> Money:
    """Return what a listed order asks for, VAT included."""
    return Money(row.total_minor, row.currency)


def item_money(row: Order, item: OrderItem) -> Money:
    """Return the net price of an item with its setup fee."""
    return Money(item.net_minor, row.currency)


def list_money(row: Order, item: OrderItem) -> Money:
    """Return what an item would have cost without its discount, net."""
    return Money(item.net_minor + item.discount_minor, row.currency)


def found(query: str, limit: int) -> list[Order]:
    """Return the newest orders that a prefix query finds."""
    return repos.found(query, limit)


def of_customer(customer_id: int, limit: int) -> list[Order]:
    """Return a customer's newest orders."""
    return repos.of_customer(customer_id, limit)


def history(customer_id: int, before: datetime | None, limit: int) -> list[Order]:
    """Return a customer's orders placed up to and with an instant, the newest first."""
    return repos.history(customer_id, before, limit)


def under_way(limit: int) -> list[Order]:
    """Return the scope's orders that are being delivered, with their items."""
    return repos.open_orders(limit)


def failed_items(cursor: str | None) -> tuple[Page[OrderItem], dict[int, Order], dict[int, str]]:
    """Return a page of failed items, their orders by id and their customers' names by id. Three queries."""
    page = repos.failed_items(cursor)
    orders = repos.orders_by_id(item.order_id for item in page.items)
    return page, orders, repos.customer_names(item.customer_id for item in page.items)


def failed_item_count() -> int:
    """Return how many items wait for a decision of staff."""
    return repos.failed_item_count()
