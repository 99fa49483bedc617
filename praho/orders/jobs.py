"""Orders' work in the background."""

from praho.core.jobs.kinds import Tick
from praho.orders.events import ItemWork, OrderWork
from praho.orders.services import carts, delivering, ending


def begin_delivery(work: OrderWork) -> None:
    """Start delivering a paid order."""
    delivering.begin(work.order_id)


def end_unpaid(work: OrderWork) -> None:
    """End an order whose proforma was ended."""
    ending.end_with_proforma(work.order_id)


def deliver_item(work: ItemWork) -> None:
    """Ask for one item's service or domain."""
    delivering.deliver(work.item_id)


def settle_item(work: ItemWork) -> None:
    """Record what became of an item."""
    delivering.settle(work.item_id)


def lapse_unpaid(_tick: Tick) -> None:
    """End orders that were not paid in time."""
    ending.lapse_unpaid()


def prune_carts(_tick: Tick) -> None:
    """Delete carts that nobody came back to."""
    carts.prune()
