"""The customer whose page is being made, so that its panels need not read it once more."""

from flask import g

from praho.customers.services import reading
from praho.customers.types import CustomerOverview


def keep(customer: CustomerOverview) -> None:
    """Keep the customer for the length of the request."""
    g.customer_at_hand = customer


def overview(customer_id: int) -> CustomerOverview:
    """Return the kept customer, or read another one; raises NotFound."""
    kept: CustomerOverview | None = g.get("customer_at_hand")
    return kept if kept is not None and kept.id == customer_id else reading.overview_of(customer_id)
