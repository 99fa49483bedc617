"""Orders that end without being paid: cancelled by somebody, or lapsed when their time is up."""

from praho.audit.services import recording
from praho.billing.documents.services import proformas
from praho.billing.payments.services import attempts
from praho.catalogue.services import redeeming
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.billing.documents import DocumentState
from praho.models.orders import ItemState, Order, OrderState
from praho.orders import repos
from praho.orders.errors import NotCancellable
from praho.orders.services.locking import locked_items, locked_order

_BATCH = 200


def cancel(public_id: str, reason: str) -> None:
    """Cancel an unpaid order of the scope with its proforma.

    Raises NotFound for an order that the scope at hand does not hold, NotCancellable once it is paid, while a
    payment is under way, or where it has ended.
    """
    if repos.find(public_id) is None:
        raise NotFound(_("This order does not exist."))
    session().close()
    with entered(SystemScope("cancel an order")), unit_of_work():
        order = locked_order(public_id)
        if order.state is not OrderState.AWAITING_PAYMENT or _is_paid(order):
            raise NotCancellable(_("Only an order that is not paid yet can be cancelled."))
        if attempts.under_way(order.proforma_id):
            raise NotCancellable(_("A payment for this order is under way. Please wait until it is decided."))
        _end(order, OrderState.CANCELLED, reason)


def end_with_proforma(public_id: str) -> None:
    """Cancel an order whose proforma was ended by itself; a paid or an ended one is left alone."""
    with unit_of_work():
        order = locked_order(public_id)
        if order.state is OrderState.AWAITING_PAYMENT and not _is_paid(order):
            _end(order, OrderState.CANCELLED, "its proforma was ended")


def lapse_unpaid() -> int:
    """End every order that was not paid in time, one transaction each; return how many.

    An order whose payment is under way, or has just arrived, is left for a later run.
    """
    ended = 0
    after = None
    while batch := repos.due_to_lapse(clock.today(), after, _BATCH):
        for _day, _id, public_id in batch:
            ended += _lapse(public_id)
        after = batch[-1][:2]
    return ended


def _lapse(public_id: str) -> bool:
    with unit_of_work():
        order = locked_order(public_id)
        if order.state is not OrderState.AWAITING_PAYMENT or order.lapses_on >= clock.today():
            return False
        if _is_paid(order) or attempts.under_way(order.proforma_id):
            return False
        _end(order, OrderState.LAPSED, "not paid in time")
        return True


def _is_paid(order: Order) -> bool:
    """Return whether the money is there, though the job that begins the delivery has not run yet.

    Needs the customer's lock: settlement takes it too.
    """
    proforma = repos.proforma_of(order)
    return proforma is not None and proforma.state is DocumentState.PAID


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
        changes={"state": [before, state], "reason": [None, reason]},
    )
    if order.proforma_id is not None:
        proformas.end_by_id(order.proforma_id, lapsed=state is OrderState.LAPSED, reason=reason)
    redeeming.release(order.public_id)
