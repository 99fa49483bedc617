from datetime import date, timedelta
from decimal import Decimal

import pytest

from praho.billing.efactura import romanian_rates

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("percent", "first", "last"),
    [
        ("24", date(2010, 7, 1), date(2015, 12, 31)),
        ("20", date(2016, 1, 1), date(2016, 12, 31)),
        ("19", date(2017, 1, 1), date(2025, 7, 31)),
        ("5", date(2008, 12, 15), date(2025, 7, 31)),
        ("9", date(2009, 1, 1), date(2026, 7, 31)),
    ],
)
def test_a_rate_is_in_force_from_its_first_to_its_last_day(percent, first, last):
    rate = Decimal(percent)
    assert romanian_rates.in_force(rate, first - 30 * DAY, first)
    assert not romanian_rates.in_force(rate, first - 30 * DAY, first - DAY)
    assert romanian_rates.in_force(rate, last, last + 30 * DAY)
    assert not romanian_rates.in_force(rate, last + DAY, last + 30 * DAY)


@pytest.mark.parametrize("percent", ["21", "11"])
def test_todays_rates_have_no_end(percent):
    start = date(2025, 8, 1)
    assert romanian_rates.in_force(Decimal(percent), start, start)
    assert romanian_rates.in_force(Decimal(percent), date(2099, 1, 1), date(2099, 1, 1))
    assert not romanian_rates.in_force(Decimal(percent), start - DAY, start - DAY)


@pytest.mark.parametrize("percent", ["0", "6", "12", "25.5", "-19"])
def test_other_rates_were_never_in_force(percent):
    assert not romanian_rates.in_force(Decimal(percent), date(2000, 1, 1), date(2099, 1, 1))
