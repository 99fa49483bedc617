"""From paid to live: every item becomes exactly one service or domain, whatever is retried."""

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.jobs.queueing import enqueue
from praho.customers.services import profiles
from praho.domains.services import registering
from praho.models.orders import ItemKind, ItemState, Order, OrderItem, OrderState
from praho.notifications.services import sending
from praho.orders import repos
from praho.orders.events import DELIVER_ITEM, ItemWork
from praho.orders.services.locking import locked_items, locked_order
from praho.provisioning.services import creating

ORDER_CONTACTS = "technical_contacts"


def begin(order_id: str) -> None:
    """Start delivering a paid order; an order that began or ended already is left alone."""
    with unit_of_work():
        order = locked_order(order_id)
        if order.state is not OrderState.AWAITING_PAYMENT:
            return
        order.state = OrderState.IN_PROGRESS
        order.paid_at = clock.now()
        for item in locked_items(order):
            item.state = ItemState.DELIVERING
            enqueue(DELIVER_ITEM, ItemWork(item.public_id), occasion=item.public_id)
        recording.record(
            "order.paid",
            subject=("order", order.public_id),
            customer_id=order.customer_id,
            changes={"state": [OrderState.AWAITING_PAYMENT.value, OrderState.IN_PROGRESS.value]},
        )


def deliver(item_id: str) -> None:
    """Ask for the item's service or domain; its origin is the item, so asking again makes no second one."""
    item = repos.item(item_id)
    if item is None or item.state is not ItemState.DELIVERING:
        return
    order = repos.order_of(item)
    if item.kind is ItemKind.DOMAIN:
        _register(item)
    else:
        _create(item, order)


def settle(item_id: str, failure: str | None) -> None:
    """Record that an item's service or domain is live, or has failed; completes the order with its last item."""
    with unit_of_work():
        found = repos.item(item_id)
        if found is None:
            return
        order = locked_order(repos.order_of(found).public_id)
        items = locked_items(order)
        item = next(one for one in items if one.public_id == item_id)
        if item.state not in (ItemState.DELIVERING, ItemState.FAILED):
            return
        item.state = ItemState.DELIVERED if failure is None else ItemState.FAILED
        item.failure = failure
        if order.state is OrderState.IN_PROGRESS and all(one.state is ItemState.DELIVERED for one in items):
            _complete(order)


def _register(item: OrderItem) -> None:
    registering.request(
        origin=item.public_id,
        customer_id=item.customer_id,
        name=item.domain_name or "",
        years=item.years or 1,
        account_id=item.details["account_id"],
        profile=profiles.billing_profile(item.customer_id),
    )


def _create(item: OrderItem, order: Order) -> None:
    assert item.product_id is not None
    creating.request(
        origin=item.public_id,
        customer_id=item.customer_id,
        product_id=item.product_id,
        label=item.description,
        domain_name=item.domain_name,
        account_id=item.details["account_id"],
        plan=item.details["remote_plan"],
        cycle=item.cycle or "",
        price_minor=item.price_minor,
        currency=order.currency,
        profile=profiles.billing_profile(item.customer_id),
    )


def _complete(order: Order) -> None:
    order.state = OrderState.COMPLETED
    order.ended_at = clock.now()
    recording.record(
        "order.completed",
        subject=("order", order.public_id),
        customer_id=order.customer_id,
        changes={"state": [OrderState.IN_PROGRESS.value, OrderState.COMPLETED.value]},
    )
    for recipient in registry().audience(ORDER_CONTACTS, order.customer_id):
        sending.send(
            "orders/completed",
            f"order-completed:{order.public_id}:{recipient.email}",
            recipient,
            {"number": order.number, "order_id": order.public_id},
            customer_id=order.customer_id,
        )
