"""When returns are due: the 25th and the 30th, working days, quarters, and the one that never moves."""

from datetime import date

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.reports.services import deadlines
from praho.reports.types import Period


def due(month, *, quarterly=False):
    return {one.form: one.due for one in deadlines.compute(Period.parse(month), quarterly=quarterly)}


def test_a_month():
    assert due("2026-10") == {
        "D300": date(2026, 11, 25),
        "D390": date(2026, 11, 25),
        "D394": date(2026, 12, 2),  # 30 November and 1 December are holidays
        "D406": date(2026, 12, 2),
    }


@pytest.mark.parametrize(
    ("month", "form", "expected"),
    [
        ("2026-03", "D300", date(2026, 4, 27)),  # a Saturday
        ("2026-11", "D300", date(2026, 12, 28)),  # Christmas, then a weekend
        ("2026-01", "D394", date(2026, 3, 2)),  # February has no 30th, and its last day is a Saturday
        ("2028-01", "D394", date(2028, 2, 29)),
        ("2026-03", "D398", date(2026, 4, 30)),
        ("2026-12", "D398", date(2027, 1, 31)),  # a Sunday: not moved
        ("2026-12", "D406", date(2027, 2, 1)),
    ],
)
def test_terms_on_days_off(month, form, expected):
    assert due(month)[form] == expected


def test_who_declares_by_quarters_files_d390_by_months():
    assert set(due("2026-10", quarterly=True)) == {"D390"}
    assert set(due("2026-12", quarterly=True)) == {"D300", "D390", "D394", "D398", "D406"}
    [vat] = [one for one in deadlines.compute(Period.parse("2026-12"), quarterly=True) if one.form == "D300"]
    assert vat.period == Period.parse("2026-Q4")


@pytest.mark.usefixtures("db", "domains")
def test_the_setting_says_which_and_today_how_long(move_clock):
    move_clock("2026-11-20T22:30:00+00:00")  # already the 21st in Bucharest
    with entered(SystemScope("test")):
        found = {one.form: one.days_left for one in deadlines.of_month(date(2026, 10, 31))}
    assert found == {"D300": 4, "D390": 4, "D394": 11, "D406": 11}


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1999-01", "2026-Q0", "2026-Q5", "x2026-01"])
def test_what_is_no_period(text):
    assert Period.parse(text) is None


def test_periods_have_names():
    assert Period.parse("2026-02") == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert [Period.parse(code).code for code in ("2026-02", "2026-Q1")] == ["2026-02", "2026-Q1"]
    assert Period(date(2026, 1, 5), date(2026, 1, 6)).code == "2026-01-05_2026-01-06"
