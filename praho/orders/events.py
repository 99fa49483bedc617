"""The work that orders give to their own jobs."""

from dataclasses import dataclass

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class OrderWork:
    """The payload of work on one order, by its public id."""

    order_id: str


@dataclass(frozen=True, slots=True)
class ItemWork:
    """The payload of work on one order item, by its public id."""

    item_id: str


BEGIN_DELIVERY = JobKind("orders.begin_delivery", OrderWork, queue=Queue.HIGH)
END_UNPAID = JobKind("orders.end_unpaid", OrderWork)
DELIVER_ITEM = JobKind("orders.deliver_item", ItemWork, queue=Queue.HIGH)
SETTLE_ITEM = JobKind("orders.settle_item", ItemWork, queue=Queue.HIGH)
LAPSE_UNPAID = JobKind("orders.lapse_unpaid", Tick, queue=Queue.LOW)
PRUNE_CARTS = JobKind("orders.prune_carts", Tick, queue=Queue.LOW)
