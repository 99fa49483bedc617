"""What of money keeps a customer from being closed."""

from praho.billing.payments.services import waiting
from praho.core.db.counting import count_all
from praho.core.i18n import ngettext


def parked_of(customer_id: int) -> str | None:
    """Return a sentence where money of a customer is parked and nobody has decided about it, else None. One query."""
    [number] = count_all([waiting.parked(customer_id)])
    if number == 0:
        return None
    return ngettext("%(num)s payment waits for a decision.", "%(num)s payments wait for a decision.", number)
