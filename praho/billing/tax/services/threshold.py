"""How near the sales to consumers of other member states are to the threshold above which their states tax them."""

from dataclasses import dataclass

from praho.billing.tax import place, repos
from praho.billing.tax.exchange import HOME
from praho.billing.tax.services import deciding
from praho.core.money import Money
from praho.settings.services import values


@dataclass(frozen=True, slots=True)
class Watch:
    """Net sales of a calendar year and of the one before, in lei, beside the threshold of art. 278^1.

    Sales outside this system are counted in; `chosen` says that their own states are taxed whatever the sums are.
    """

    year: int
    sold: Money
    before: Money
    threshold: Money
    chosen: bool

    @property
    def passed(self) -> bool:
        """Whether either year has passed it, each measured by itself."""
        return max(self.sold.minor, self.before.minor) > self.threshold.minor

    @property
    def percent(self) -> int:
        """How much of the threshold this year has used, in whole per cent; never more than it has."""
        return self.sold.minor * 100 // self.threshold.minor


def watch(year: int) -> Watch:
    """Return the sums that decide where consumers are taxed, counted from their proformas on. Two queries."""
    elsewhere = values.integer("tax.eu_sales_elsewhere") * 100
    now, before = (
        elsewhere + deciding.at_fixed_rate(repos.sold_to_eu_consumers(counted)) for counted in (year, year - 1)
    )
    return Watch(
        year,
        Money(now, HOME),
        Money(before, HOME),
        Money(place.CONSUMER_THRESHOLD_MINOR, HOME),
        values.flag("tax.one_stop_shop"),
    )
