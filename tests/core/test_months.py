"""Calendar months: no drift, and the anchor day again as soon as a month has it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core.months import add_months

dates = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), 36, date(2029, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(start: date, months: int, expected: date):
    assert add_months(start, months) == expected


def test_an_anchor_of_31_does_not_drift_over_a_leap_year():
    day = date(2027, 1, 31)
    for _month in range(24):
        day = add_months(day, 1, anchor_day=31)
    assert day == date(2029, 1, 31)


@given(dates, st.integers(1, 120), st.integers(1, 31))
def test_terms_follow_each_other_without_gap_or_overlap(start: date, months: int, anchor: int):
    first = add_months(start, 0, anchor)
    steps = [first]
    for _step in range(5):
        steps.append(add_months(steps[-1], months, anchor))
    assert steps == [add_months(first, months * step, anchor) for step in range(6)]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("anchor", [0, 32])
def test_an_anchor_is_a_day_of_a_month(anchor: int):
    with pytest.raises(ValueError, match="anchor day"):
        add_months(date(2026, 1, 1), 1, anchor)
