"""Until when a document must be sent: section H, five working days by the calendar of Romania."""

from datetime import date

import pytest

from praho.billing.efactura import deadline
from praho.core import working_days


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        (date(2026, 10, 5), date(2026, 10, 12)),
        (date(2026, 10, 3), date(2026, 10, 9)),
        (date(2026, 1, 2), date(2026, 1, 13)),
        (date(2026, 1, 5), date(2026, 1, 14)),
        (date(2026, 4, 8), date(2026, 4, 17)),
        (date(2026, 4, 9), date(2026, 4, 20)),
        (date(2026, 5, 29), date(2026, 6, 8)),
        (date(2026, 8, 14), date(2026, 8, 21)),
        (date(2026, 11, 22), date(2026, 11, 27)),
        (date(2026, 11, 26), date(2026, 12, 7)),
        (date(2026, 11, 27), date(2026, 12, 8)),
        (date(2026, 11, 30), date(2026, 12, 8)),
        (date(2026, 12, 18), date(2026, 12, 28)),
        (date(2026, 12, 23), date(2026, 12, 31)),
        (date(2026, 12, 24), date(2027, 1, 4)),
        (date(2026, 12, 31), date(2027, 1, 12)),
        (date(2027, 4, 28), date(2027, 5, 7)),
        (date(2027, 6, 18), date(2027, 6, 28)),
        (date(2025, 12, 10), date(2025, 12, 15)),
    ],
)
def test_h_the_day_of_issue_is_not_counted_and_holidays_neither(issued, last):
    assert deadline.last_day(issued) == last


def test_h_what_is_issued_too_late_must_be_sent_as_if_it_had_been_issued_in_time():
    supplied = date(2026, 10, 31)
    assert deadline.last_day(date(2026, 11, 10), supplied) == date(2026, 11, 17)
    assert deadline.last_day(date(2026, 11, 20), supplied) == date(2026, 11, 20)


def test_working_days_that_are_left():
    assert working_days.between(date(2026, 11, 26), date(2026, 12, 7)) == 5
    assert working_days.between(date(2026, 12, 7), date(2026, 12, 7)) == 0
    assert working_days.between(date(2026, 12, 8), date(2026, 12, 7)) == 0
