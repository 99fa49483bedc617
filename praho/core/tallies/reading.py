"""Reading sums: the folded days and the deltas since, in one query whatever the size of the tables counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, case, cast, func, select, union_all

from praho.core.db.scope import session
from praho.core.tallies.table import TallyDay, TallyDelta


@dataclass(frozen=True, slots=True)
class Sum:
    """What a measure came to on a day or in a month; `amount` in minor units of `unit`."""

    amount: int = 0
    count: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.amount + other.amount, self.count + other.count)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of some measures by period: single days since `days_since`, before that whole months by their first."""

    days_since: date
    rows: tuple[tuple[str, str, date, Sum], ...]
    """Measure, unit, first day of the period, sum."""

    def on(self, measure: str, unit: str | None, day: date) -> Sum:
        """Return a measure's sum on one of the single days; of all units where it is None, for what is counted."""
        return self.between(measure, unit, day, day)

    def between(self, measure: str, unit: str | None, first: date, last: date) -> Sum:
        """Return a measure's sum over the periods that begin from `first` to `last`; `unit` as in `on`."""
        return sum((row[3] for row in self._of(measure, unit) if first <= row[2] <= last), Sum())

    def by_month(self, measure: str, unit: str) -> dict[date, Sum]:
        """Return a measure's sums by the first day of each month that has any."""
        months: dict[date, Sum] = {}
        for _measure, _unit, day, found in self._of(measure, unit):
            first = day.replace(day=1)
            months[first] = months.get(first, Sum()) + found
        return months

    def units(self, measure: str) -> list[str]:
        """Return the currencies in which a measure has sums."""
        return sorted({unit for name, unit, _day, _sum in self.rows if name == measure})

    def _of(self, measure: str, unit: str | None) -> Iterator[tuple[str, str, date, Sum]]:
        return (row for row in self.rows if row[0] == measure and unit in (None, row[1]))


def sums(measures: Sequence[str], *, days_since: date, months_since: date) -> Sums:
    """Return the sums of `measures` since `months_since`, day by day since `days_since`. One query."""
    parts = union_all(
        *(
            select(table.measure, table.unit, table.day, table.amount, table.count).where(
                table.measure.in_(measures), table.day >= months_since
            )
            for table in (TallyDay, TallyDelta)
        )
    ).subquery()
    month = cast(func.date_trunc("month", parts.c.day), Date)
    period = case((parts.c.day >= days_since, parts.c.day), else_=month)
    statement = (
        select(parts.c.measure, parts.c.unit, period, func.sum(parts.c.amount), func.sum(parts.c.count))
        .group_by(parts.c.measure, parts.c.unit, period)
        .order_by(period)
    )
    rows = session().execute(statement)
    return Sums(days_since, tuple((row[0], row[1], row[2], Sum(int(row[3]), int(row[4]))) for row in rows))
