"""What the dashboard says in the morning: the money, what waits for a human, and how business goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from praho.core import clock
from praho.core.db.counting import MOST, count_all
from praho.core.desk import Attention, Trend
from praho.core.domain import registry
from praho.core.formatting import amount
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.tallies import reading
from praho.ui.charts import Plot, Series, Step

CURRENCY = "RON"
"""The currency that the dashboard speaks of; sums in others stand beside it."""
_MONTHS = 12
_SPARK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a human: how much of it, and where it is."""

    label: object
    icon: str
    url: str
    number: int
    urgent: bool

    @property
    def shown(self) -> str:
        """The number as it is written; a very large one is not counted to its end."""
        return f"{MOST}+" if self.number >= MOST else str(self.number)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure today and this month, against the same days of the month before."""

    label: object
    icon: str
    url: str
    today: str
    month: str
    before: str
    others: tuple[str, ...]
    """This month's sums in other currencies."""
    change: str
    trend: str
    tone: str
    spark: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything that the dashboard shows; `pace` compares this month with the last, `year` shows twelve months."""

    waiting: tuple[Waiting, ...]
    calm: tuple[Waiting, ...]
    figures: tuple[Figure, ...]
    pace: Plot | None
    year: Plot | None


def look() -> Morning:
    """Gather the morning for whoever asks. Two queries, whatever the size of the tables."""
    waiting = _waiting()
    trends = [trend for trend in registry().contributed("trends") if current_principal().may(trend.permission)]
    today = clock.today()
    sums = _sums(trends, today)
    money = [trend for trend in trends if trend.money]
    return Morning(
        waiting=tuple(one for one in waiting if one.number),
        calm=tuple(one for one in waiting if not one.number),
        figures=tuple(_figure(trend, sums, today) for trend in trends),
        pace=_pace(money[0], sums, today) if money else None,
        year=_year(money, sums, today) if money else None,
    )


def _waiting() -> list[Waiting]:
    principal = current_principal()
    sources: list[Attention] = [
        source for source in registry().contributed("attention") if principal.may(source.permission)
    ]
    numbers = count_all([source.count() for source in sources])
    return [
        Waiting(
            source.label,
            source.icon,
            url_for(source.endpoint, **dict[str, Any](source.arguments)),
            number,
            source.urgent,
        )
        for source, number in zip(sources, numbers, strict=True)
    ]


def _sums(trends: Sequence[Trend], today: date) -> reading.Sums:
    measures = [trend.measure for trend in trends]
    return reading.sums(measures, days_since=_month_before(today), months_since=_months(today)[0])


def _figure(trend: Trend, sums: reading.Sums, today: date) -> Figure:
    units = sums.units(trend.measure)
    # Things are counted whatever their currency; money is only added up in one.
    unit = CURRENCY if trend.money else None
    first, first_before = today.replace(day=1), _month_before(today)
    same_day = min(first_before + (today - first), first - timedelta(days=1))
    this = sums.between(trend.measure, unit, first, today)
    before = sums.between(trend.measure, unit, first_before, same_day)
    now, then = (this.amount, before.amount) if trend.money else (this.count, before.count)
    days = [today - timedelta(days=back) for back in reversed(range(_SPARK_DAYS))]
    daily = [sums.on(trend.measure, unit, day) for day in days]
    return Figure(
        label=trend.label,
        icon=trend.icon,
        url=url_for(trend.endpoint),
        today=_written(trend, daily[-1]),
        month=_written(trend, this),
        before=_written(trend, before),
        others=tuple(
            _written(trend, sums.between(trend.measure, other, first, today), other)
            for other in units
            if trend.money and other != CURRENCY and sums.between(trend.measure, other, first, today).count
        ),
        change=_change(now, then),
        trend="up" if now > then else "down" if now < then else "",
        tone="success" if now > then else "danger" if now < then else "neutral",
        spark=tuple(one.amount if trend.money else one.count for one in daily),
    )


def _written(trend: Trend, found: reading.Sum, unit: str = CURRENCY) -> str:
    return amount(Money(found.amount, unit), current_locale()) if trend.money else str(found.count)


def _change(now: int, then: int) -> str:
    if then <= 0:
        return ""
    percent = (now - then) * 100 // then
    return f"+{percent}%" if percent > 0 else f"{percent}%"


def _pace(trend: Trend, sums: reading.Sums, today: date) -> Plot:
    """Return what came in so far, day by day, this month and the last one."""
    first, first_before = today.replace(day=1), _month_before(today)
    length = max((first - first_before).days, (_next_month(first) - first).days)
    this = _running(trend, sums, first, (today - first).days + 1)
    last = _running(trend, sums, first_before, (first - first_before).days)
    return Plot(
        [str(day) for day in range(1, length + 1)],
        [
            Series(_("This month"), this + [None] * (length - len(this)), 1),
            Series(_("Last month"), last + [None] * (length - len(last)), 2),
        ],
    )


def _running(trend: Trend, sums: reading.Sums, first: date, days: int) -> list[Money | None]:
    total, found = 0, []
    for day in range(days):
        total += sums.on(trend.measure, CURRENCY, first + timedelta(days=day)).amount
        found.append(Money(total, CURRENCY))
    return list(found)


def _year(trends: Sequence[Trend], sums: reading.Sums, today: date) -> Plot:
    months = _months(today)
    series = []
    for trend in trends:
        by_month = sums.by_month(trend.measure, CURRENCY)
        values = [Money(by_month.get(month, reading.Sum()).amount, CURRENCY) for month in months]
        series.append(Series(trend.label, values))
    return Plot(months, series, Step.MONTH)


def _months(today: date) -> list[date]:
    """Return the firsts of the last twelve months, the present one last."""
    found = [today.replace(day=1)]
    while len(found) < _MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _month_before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
