"""Calendar months: the same day of the month again, and its last one where the month is too short."""

import calendar
from datetime import date


def add_months(start: date, months: int, anchor_day: int | None = None) -> date:
    """Return the date `months` calendar months after (or, negative, before) `start`.

    It falls on `anchor_day` (1 to 31), that of `start` where None, or on the last day of a month that does not have
    it. Whoever counts on from a shortened month passes the first date's day, so that 31 January leads to
    28 February and then to 31 March.
    """
    day = start.day if anchor_day is None else anchor_day
    if not 1 <= day <= 31:
        raise ValueError("an anchor day is a day of the month")
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
