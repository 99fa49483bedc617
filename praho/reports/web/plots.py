"""What the charts of the reports draw."""

from collections.abc import Iterator
from datetime import date, timedelta

from praho.billing.tax.exchange import HOME
from praho.core import months
from praho.core.money import Money
from praho.reports.services import journal, words
from praho.reports.types import Period, Treatment
from praho.ui.charts import Plot, Series, Step

_MOST_STEPS = 60


def course(period: Period) -> Plot:
    """Return the net of each treatment by day, or by month for what is longer than one."""
    step, found = journal.by_step(period)
    days = list(_days(period) if step == "day" else _months(period))[-_MOST_STEPS:]
    treatments = [one for one in Treatment if any(one in sums for sums in found.values())] or [Treatment.ROMANIA]
    return Plot(
        days,
        [
            Series(words.TREATMENTS[one], [found.get(day, {}).get(one, Money.zero(HOME)) for day in days])
            for one in treatments
        ],
        Step.DAY if step == "day" else Step.MONTH,
    )


def _days(period: Period) -> Iterator[date]:
    return (period.since + timedelta(days=number) for number in range(period.days))


def _months(period: Period) -> Iterator[date]:
    month = period.since.replace(day=1)
    while month <= period.until:
        yield month
        month = months.add_months(month, 1)
