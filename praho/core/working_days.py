"""Romanian working days: weekdays that are no legal holiday, the days of Orthodox Easter and Pentecost among them."""

from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither Saturday, Sunday nor a legal holiday (Codul muncii art. 139)."""
    return day.weekday() < _SATURDAY and day not in _legal_holidays(day.year)


def at_or_after(day: date) -> date:
    """Return the day, or the next working day where it is none: a term that ends on a day off ends then.

    Codul de procedură fiscală art. 75 with Codul de procedură civilă art. 181 (2).
    """
    while not is_working_day(day):
        day += _DAY
    return day


def after(day: date, count: int) -> date:
    """Return the last day of a term of `count` working days: the first day is not counted, the last one is whole.

    Regulation (EEC, Euratom) 1182/71 art. 3.
    """
    for _number in range(count):
        day = at_or_after(day + _DAY)
    return day


def between(day: date, end: date) -> int:
    """Return how many working days come after `day`, up to and with `end`; none where `end` is not later."""
    return sum(is_working_day(day + _DAY * number) for number in range(1, (end - day).days + 1))


@cache
def _legal_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("RO", years=year))
