"""Orders that end without being paid: cancelled by somebody, or lapsed when their time is up."""

from praho.audit.services import recording
from praho.billing.documents.services import proformas
from praho.billing.payments.services import attempts
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.models.orders import ItemState, Order, OrderState
from praho.orders import repos
from praho.orders.errors import NotCancellable
from praho.orders.services.locking import locked_items, locked_order


def cancel(public_id: str, reason: str) -> None:
    """Cancel an unpaid order with its proforma; raises NotCancellable once it is paid or has ended."""
    with unit_of_work():
        order = locked_order(public_id)
        if order.state is not OrderState.AWAITING_PAYMENT:
            raise NotCancellable(_("Only an order that is not paid yet can be cancelled."))
        if attempts.under_way(order.proforma_id):
            raise NotCancellable(_("A payment for this order is under way. Please wait until it is decided."))
        _end(order, OrderState.CANCELLED, reason)


def lapse_unpaid(limit: int = 500) -> int:
    """End every order that was not paid in time, one transaction each; return how many.

    An order whose payment is under way is left for a later run.
    """
    ended = 0
    for public_id in repos.ids_to_lapse(clock.today(), limit):
        with unit_of_work():
            order = locked_order(public_id)
            if order.state is OrderState.AWAITING_PAYMENT and not attempts.under_way(order.proforma_id):
                _end(order, OrderState.LAPSED, "not paid in time")
                ended += 1
    return ended


def _end(order: Order, state: OrderState, reason: str) -> None:
    before = order.state
    order.state = state
    order.ended_at = clock.now()
    for item in locked_items(order):
        item.state = ItemState.CANCELLED
    recording.record(
        f"order.{state.value}",
        subject=("order", order.public_id),
        customer_id=order.customer_id,
        changes={"state": [before.value, state.value], "reason": [None, reason]},
    )
    if order.proforma_id is not None:
        proformas.end_by_id(order.proforma_id, lapsed=state is OrderState.LAPSED, reason=reason)
