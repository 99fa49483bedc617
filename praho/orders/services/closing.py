"""What of orders keeps a customer from being closed."""

from praho.core.db.counting import count_all, counting
from praho.core.i18n import ngettext
from praho.models.orders import Order, OrderState


def open_of(customer_id: int) -> str | None:
    """Return a sentence where a customer has orders under way, else None. One query."""
    [number] = count_all(
        [
            counting(
                Order,
                Order.customer_id == customer_id,
                Order.state.in_((OrderState.AWAITING_PAYMENT, OrderState.IN_PROGRESS)),
            )
        ]
    )
    if number == 0:
        return None
    return ngettext("%(num)s order is under way.", "%(num)s orders are under way.", number)
