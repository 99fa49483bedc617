"""Orders' work in the background."""

from praho.core.jobs.kinds import Tick
from praho.orders.events import ItemOutcome, ItemWork, OrderWork
from praho.orders.services import carts, delivering, ending


def begin_delivery(work: OrderWork) -> None:
    """Start delivering a paid order."""
    delivering.begin(work.order_id)


def deliver_item(work: ItemWork) -> None:
    """Ask for one item's service or domain."""
    delivering.deliver(work.item_id)


def settle_item(outcome: ItemOutcome) -> None:
    """Record what became of an item."""
    delivering.settle(outcome.item_id, outcome.failure)


def lapse_unpaid(_tick: Tick) -> None:
    """End orders that were not paid in time."""
    ending.lapse_unpaid()


def prune_carts(_tick: Tick) -> None:
    """Delete carts that nobody came back to."""
    carts.prune()
