"""The term that a price pays for."""

from datetime import date, timedelta

from praho.core.months import add_months
from praho.models.catalogue import BillingCycle


def first_term(activated_on: date, cycle: BillingCycle) -> tuple[date, date]:
    """Return the first term as (first day, first day not paid), both Bucharest dates.

    The term begins on the day on which the account runs, not on that of the payment: what was bought is a number of
    calendar months of hosting, and neither a provider's outage nor the time that staff need for a failed creation
    may eat days of it. The invoice does not move with it: the tax point of what is paid before it is performed is
    the receipt of the money (Legea 227/2015 art. 282 (2)). The term ends on the same day of a later month, or on
    that month's last day where it is shorter.
    """
    return activated_on, add_months(activated_on, cycle.months)


def last_day(term_end: date) -> date:
    """Return the last day that is paid, which is what people are shown, for a term's first day that is not."""
    return term_end - timedelta(days=1)
