from datetime import date
from decimal import Decimal

import pytest

from praho.billing import errors
from praho.billing.tax import rates

TABLE = rates.ROMANIAN_STANDARD_RATES


@pytest.mark.parametrize(
    ("case", "on", "percent"),
    [
        ("C1", date(2025, 7, 31), 19),
        ("C2", date(2025, 8, 1), 21),
        ("C3", date(2016, 6, 15), 20),
        ("C3", date(2015, 6, 15), 24),
        ("first day", date(2010, 7, 1), 24),
        ("last day", date(2015, 12, 31), 24),
        ("first day", date(2016, 1, 1), 20),
        ("first day", date(2017, 1, 1), 19),
        ("last day", date(2016, 12, 31), 20),
        ("today's", date(2026, 11, 22), 21),
    ],
)
def test_romanian_rate_by_date(case, on, percent):
    assert rates.standard_rate(TABLE, "RO", on) == Decimal(percent)


@pytest.mark.parametrize(("country", "on"), [("RO", date(2010, 6, 30)), ("DE", date(2026, 1, 1))])
def test_c25_no_row_is_an_error(country, on):
    with pytest.raises(errors.TaxRateMissing, match=country):
        rates.standard_rate(TABLE, country, on)


def test_a_gap_between_rows_is_an_error():
    table = [rates.RateRow("RO", Decimal(19), date(2020, 1, 1), date(2020, 1, 31))]
    with pytest.raises(errors.TaxRateMissing):
        rates.standard_rate(table, "RO", date(2020, 2, 1))


def test_overlapping_rows_are_an_error():
    table = [*TABLE, rates.RateRow("RO", Decimal(22), date(2026, 1, 1))]
    with pytest.raises(errors.TaxRateAmbiguous):
        rates.standard_rate(table, "RO", date(2026, 1, 1))
    assert rates.standard_rate(table, "RO", date(2025, 12, 31)) == 21


def test_a_zero_rate_is_a_rate():
    table = [rates.RateRow("XX", Decimal(0), date(2020, 1, 1))]
    assert rates.standard_rate(table, "XX", date(2020, 1, 1)) == 0
