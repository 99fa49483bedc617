"""Until when a document must be sent to e-Factura (OUG 120/2021 art. 10 (7))."""

from datetime import date, timedelta

from praho.core import months, working_days

_WORKING_DAYS_FROM = date(2026, 1, 1)
_DAYS = 5
_LAST_DAY_TO_ISSUE = 15


def last_day(issued: date, supplied: date | None = None) -> date:
    """Return the last (Bucharest) day on which a document issued on a day may be sent.

    Five working days after the issue (OUG 89/2025, from 2026; before, five calendar days), and no later than five
    working days after the last day on which a supply could be invoiced: the 15th of the next month (Legea 227/2015
    art. 319 (16)). `supplied` is the day of that supply, None for a document that follows from no supply.
    """
    if issued < _WORKING_DAYS_FROM:
        return issued + timedelta(days=_DAYS)
    first = working_days.after(issued, _DAYS)
    if supplied is None:
        return first
    return min(first, working_days.after(_last_day_to_issue(supplied), _DAYS))


def _last_day_to_issue(supplied: date) -> date:
    return months.add_months(supplied.replace(day=_LAST_DAY_TO_ISSUE), 1)
