"""How the states of orders and their items are named and coloured, and the periods of plans."""

from collections.abc import Mapping

from praho.catalogue.types import CYCLE_NAMES, PlanOffer
from praho.core import formatting
from praho.core.i18n import current_locale, gettext, lazy_pgettext, ngettext
from praho.core.i18n import lazy_gettext as _
from praho.core.money import Money
from praho.models.orders import ItemState, Order, OrderItem, OrderState
from praho.ui.lists import Align, Column
from praho.ui.states import StateLabel, Tone

ORDER_STATES: Mapping[OrderState, StateLabel] = {
    OrderState.AWAITING_PAYMENT: StateLabel(_("Waits for payment"), Tone.WARNING),
    OrderState.IN_PROGRESS: StateLabel(_("Being delivered"), Tone.INFO),
    OrderState.COMPLETED: StateLabel(_("Completed"), Tone.SUCCESS),
    OrderState.CANCELLED: StateLabel(lazy_pgettext("order", "Cancelled"), Tone.NEUTRAL),
    OrderState.LAPSED: StateLabel(lazy_pgettext("order", "Lapsed"), Tone.NEUTRAL),
}

ITEM_STATES: Mapping[ItemState, StateLabel] = {
    ItemState.WAITING: StateLabel(_("After payment"), Tone.NEUTRAL),
    ItemState.DELIVERING: StateLabel(_("Being set up"), Tone.INFO),
    ItemState.DELIVERED: StateLabel(_("Live"), Tone.SUCCESS),
    ItemState.FAILED: StateLabel(_("Failed"), Tone.DANGER),
    ItemState.CANCELLED: StateLabel(lazy_pgettext("order item", "Cancelled"), Tone.NEUTRAL),
}

# A customer is not asked to act on a failed item: our people are.
OWN_ITEM_STATES: Mapping[ItemState, StateLabel] = {
    **ITEM_STATES,
    ItemState.FAILED: StateLabel(_("Our team looks into it"), Tone.WARNING),
}

ORDERS = (
    Column(_("Order")),
    Column(_("Placed"), sort="created"),
    Column(_("Items")),
    Column(_("State")),
    Column(_("Total"), align=Align.END),
)
ORDERS_WITH_CUSTOMER = (ORDERS[0], Column(_("Customer")), *ORDERS[1:])
ITEMS = (Column(_("Item")), Column(_("State")), Column(_("Net"), align=Align.END))
FAILED = (Column(_("Item")), Column(_("Customer")), Column(_("Why")), Column(_("Actions"), align=Align.END))


def years(number: int) -> str:
    """Return a number of years in words."""
    return ngettext("%(num)s year", "%(num)s years", number)


def cheapest(plan: PlanOffer) -> object:
    """Return the name of the period in which a plan's month is cheapest."""
    return CYCLE_NAMES[plan.from_price.cycle]


def later_of(row: Order, item: OrderItem) -> str:
    """Return what the later periods of an ordered plan cost, net, as far as the order promised a price."""
    full = _written(item.price_minor, row)
    cheaper = _written(item.price_minor - item.renewal_discount_minor, row)
    cycles = item.renewal_discount_cycles
    if cycles is None:
        return gettext("Later periods: %(price)s, without VAT", price=cheaper)
    if cycles == 0:
        return gettext("Later periods: the list price, %(price)s without VAT", price=full)
    return ngettext(
        "The next period: %(price)s, later ones %(later)s, without VAT",
        "The next %(num)s periods: %(price)s, later ones %(later)s, without VAT",
        cycles,
        price=cheaper,
        later=full,
    )


def _written(minor: int, row: Order) -> str:
    return formatting.amount(Money(minor, row.currency), current_locale())
