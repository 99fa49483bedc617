"""What of orders may wait for a human, as statements that count it."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.orders import ItemState, Order, OrderItem, OrderState


def failed_items() -> Select[Any]:
    """Count the paid items that could not be delivered."""
    return counting(OrderItem, OrderItem.state == ItemState.FAILED)


def in_progress() -> Select[Any]:
    """Count the paid orders that are not delivered yet."""
    return counting(Order, Order.state == OrderState.IN_PROGRESS)
