"""From paid to live: every item becomes exactly one service or domain, whatever is retried.

An item's driver is its job until the service or domain exists, and then the driver of that one: what became of it is
always read from there, so that no order of events can leave an item behind.
"""

from praho.audit.services import recording
from praho.catalogue.services import redeeming
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.errors import NotFound, PrahoError
from praho.core.i18n import gettext as _
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.customers.services import profiles
from praho.domains.services import registering
from praho.models.customers import Customer
from praho.models.orders import ItemKind, ItemState, Order, OrderItem, OrderState
from praho.notifications.services import sending
from praho.orders import repos
from praho.orders.errors import WrongItemState
from praho.orders.events import DELIVER_ITEM, ItemWork
from praho.orders.services import outcomes
from praho.orders.services.locking import locked_item, locked_items, locked_order, rows_of
from praho.orders.types import Delivered
from praho.provisioning.services import creating

ORDER_CONTACTS = "technical_contacts"
_UNDECIDED = (ItemState.DELIVERING, ItemState.FAILED)
_SETTLED = (ItemState.DELIVERED, ItemState.CANCELLED)


def begin(order_id: str) -> None:
    """Start delivering a paid order, or one that costs nothing; one that began or ended already is left alone."""
    with unit_of_work():
        order = locked_order(order_id)
        if order.state is not OrderState.AWAITING_PAYMENT:
            return
        order.state = OrderState.IN_PROGRESS
        order.paid_at = clock.now()
        for item in locked_items(order):
            item.state = ItemState.DELIVERING
            enqueue(DELIVER_ITEM, ItemWork(item.public_id), occasion=item.public_id)
        redeeming.use(order.public_id)
        _audit("order.paid", order, OrderState.AWAITING_PAYMENT)


def deliver(item_id: str) -> None:
    """Ask for the item's service or domain; its origin is the item, so that asking again makes no second one.

    A refusal to begin (a name taken in the meantime) is a failed item, for staff to decide about.
    """
    item = repos.item(item_id)
    if item is None or item.state is not ItemState.DELIVERING:
        return
    currency = repos.order_of(item).currency
    try:
        if item.kind is ItemKind.DOMAIN:
            _register(item)
        else:
            _create(item, currency)
    except PrahoError as refusal:
        _refuse(item_id, str(refusal))


def settle(item_id: str) -> None:
    """Record what became of an item's service or domain; completes the order with its last item."""
    with unit_of_work():
        found = repos.item(item_id)
        if found is None:
            return
        order, item = locked_item(found)
        made = outcomes.of_items([item]).get(item.public_id)
        if made is None or item.state not in _UNDECIDED:
            return
        if made.live:
            item.state, item.failure = ItemState.DELIVERED, None
        elif made.failed:
            item.state, item.failure = ItemState.FAILED, made.failure
        elif made.cancelled:
            item.state = ItemState.CANCELLED
        _conclude(order)


def retry(item_id: str) -> None:
    """Try a failed item again; raises NotFound, WrongItemState, and the refusals of the domain or the service."""
    with unit_of_work():
        found, made = _failed(item_id, _("Only a failed item can be tried again."))
        failure = found.failure
        if made is None:
            enqueue(DELIVER_ITEM, ItemWork(item_id), occasion=new_public_id("try"))
        elif made.failed:
            _retry_made(found, made)
        order, item = rows_of(found)
        item.state, item.failure = ItemState.DELIVERING, None
        _audit_item("order.item_retried", order, item, failure)


def give_up(item_id: str, reason: str) -> None:
    """Give a failed item up for good, with what there is of its domain or service.

    What was paid for it is given back by hand. Raises NotFound, WrongItemState.
    """
    with unit_of_work():
        found, made = _failed(item_id, _("Only a failed item can be given up."))
        if made is not None and made.failed:
            _cancel_made(found, made)
        order, item = rows_of(found)
        item.state = ItemState.CANCELLED
        _audit_item("order.item_given_up", order, item, reason)
        _conclude(order)


def _failed(item_id: str, otherwise: str) -> tuple[OrderItem, Delivered | None]:
    """Lock the customer and return the failed item with what was made of it.

    The rows are locked after the domain or service has locked its own: the customer comes first in both.
    """
    found = _found(item_id)
    locking.lock_one(Customer, found.customer_id)
    session().refresh(found)
    if found.state is not ItemState.FAILED:
        raise WrongItemState(otherwise)
    return found, outcomes.of_items([found]).get(item_id)


def _retry_made(item: OrderItem, made: Delivered) -> None:
    if item.kind is ItemKind.DOMAIN:
        registering.retry(made.public_id)
    else:
        creating.retry(made.public_id)


def _cancel_made(item: OrderItem, made: Delivered) -> None:
    if item.kind is ItemKind.DOMAIN:
        registering.cancel(made.public_id)
    else:
        creating.cancel(made.public_id)


def _register(item: OrderItem) -> None:
    registering.request(
        origin=item.public_id,
        customer_id=item.customer_id,
        name=item.domain_name or "",
        years=item.years if item.years is not None else 1,
        account_id=item.details["account_id"],
        profile=profiles.billing_profile(item.customer_id),
    )


def _create(item: OrderItem, currency: str) -> None:
    assert item.product_id is not None
    creating.request(
        origin=item.public_id,
        customer_id=item.customer_id,
        product_id=item.product_id,
        label=item.details["label"],
        domain_name=item.domain_name,
        account_id=item.details["account_id"],
        plan=item.details["remote_plan"],
        cycle=item.cycle or "",
        price_minor=item.price_minor,
        renewal_discount=(item.renewal_discount_minor, item.renewal_discount_cycles),
        currency=currency,
        profile=profiles.billing_profile(item.customer_id),
    )


def _refuse(item_id: str, failure: str) -> None:
    with unit_of_work():
        _order, item = locked_item(_found(item_id))
        if item.state is ItemState.DELIVERING:
            item.state, item.failure = ItemState.FAILED, failure


def _found(item_id: str) -> OrderItem:
    item = repos.item(item_id)
    if item is None:
        raise NotFound(_("There is no such item."))
    return item


def _conclude(order: Order) -> None:
    """End an order whose items are all decided."""
    items = locked_items(order)
    if order.state is not OrderState.IN_PROGRESS or any(item.state not in _SETTLED for item in items):
        return
    delivered = any(item.state is ItemState.DELIVERED for item in items)
    order.state = OrderState.COMPLETED if delivered else OrderState.CANCELLED
    order.ended_at = clock.now()
    _audit("order.completed" if delivered else "order.cancelled", order, OrderState.IN_PROGRESS)
    if not delivered:
        redeeming.release(order.public_id)
    else:
        _announce(order, partly=any(item.state is ItemState.CANCELLED for item in items))


def _announce(order: Order, *, partly: bool) -> None:
    customer = repos.customer_of(order)
    for recipient in registry().audience(ORDER_CONTACTS, order.customer_id):
        sending.send(
            "orders/completed",
            f"order-completed:{order.public_id}:{recipient.email}",
            recipient,
            {
                "number": order.number,
                "order_id": order.public_id,
                "customer": customer.public_id,
                "partly": partly,
            },
            customer_id=order.customer_id,
        )


def _audit(action: str, order: Order, before: OrderState) -> None:
    recording.record(
        action,
        subject=("order", order.public_id),
        customer_id=order.customer_id,
        changes={"state": [before, order.state]},
    )


def _audit_item(action: str, order: Order, item: OrderItem, reason: str | None) -> None:
    recording.record(
        action,
        subject=("order", order.public_id),
        customer_id=order.customer_id,
        changes={"item": [None, item.description], "state": [ItemState.FAILED, item.state], "reason": [None, reason]},
    )
