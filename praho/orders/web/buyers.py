"""Who buys, as far as the browser at hand tells before anybody says so."""

from praho.core.principal import current_principal
from praho.customers.services import members
from praho.customers.types import Membership
from praho.orders.permissions import BUYERS


def own_customers() -> list[Membership]:
    """Return the customers for whom the person at hand may order. One query for who is signed in."""
    user_id = current_principal().user_id
    return [] if user_id is None else [one for one in members.memberships_of(user_id) if one.role in BUYERS]


def likely_buyer(own: list[Membership]) -> int | None:
    """Return the customer (by its inner id) who will buy unless somebody says otherwise; None where it is open."""
    return own[0].customer_id if len(own) == 1 else None
