"""Money that may wait for a human, as statements that count it."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.billing.payments import ParkedPayment, ParkedState


def parked(customer_id: int | None = None) -> Select[Any]:
    """Count the parked payments that nobody has dealt with: all of them, or a customer's."""
    own = () if customer_id is None else (ParkedPayment.customer_id == customer_id,)
    return counting(ParkedPayment, ParkedPayment.state == ParkedState.OPEN, *own)
