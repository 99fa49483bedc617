"""The alarm for orders that rest: paid, and neither live nor failed for too long."""

from datetime import timedelta

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import ngettext
from praho.orders import repos

LONGEST_DELIVERY = timedelta(hours=1)


def stuck_orders() -> str | None:
    """Return a sentence where paid orders are undecided for an hour and more, else None."""
    with entered(SystemScope("health check")):
        count = repos.stuck_count(clock.now() - LONGEST_DELIVERY)
    if count == 0:
        return None
    return ngettext(
        "%(num)s paid order is neither delivered nor failed for more than an hour.",
        "%(num)s paid orders are neither delivered nor failed for more than an hour.",
        count,
    )
