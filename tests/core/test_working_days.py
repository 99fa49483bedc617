"""Romanian working days: what the calendar of 2026 and 2027 says."""

from datetime import date

import pytest

from praho.core import working_days


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 10), date(2026, 4, 14)),  # Good Friday, then Orthodox Easter and its Monday
        (date(2027, 4, 30), date(2027, 5, 4)),  # Easter on 2 May, beside 1 May
        (date(2026, 6, 1), date(2026, 6, 2)),  # Pentecost Monday is Children's Day
        (date(2026, 1, 6), date(2026, 1, 8)),  # Epiphany and Saint John
        (date(2026, 11, 30), date(2026, 12, 2)),  # Saint Andrew, then the national day
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2026, 10, 24), date(2026, 10, 26)),
        (date(2026, 10, 26), date(2026, 10, 26)),
    ],
)
def test_a_term_moves_to_the_next_working_day(day, expected):
    assert working_days.at_or_after(day) == expected
    assert working_days.is_working_day(day) is (day == expected)
