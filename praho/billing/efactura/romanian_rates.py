"""The VAT rates that Romanian law has known, reduced ones included, to judge an invoice that is not ours too."""

from datetime import date
from decimal import Decimal

from praho.billing.tax import rates

# Legea 227/2015 art. 291 (2) and (3), then Legea 141/2025: one reduced rate of 11 %, and 9 % for housing
# contracts signed before, until 2026-07-31.
_REDUCED = (
    rates.RateRow("RO", Decimal(5), date(2008, 12, 15), date(2025, 7, 31)),
    rates.RateRow("RO", Decimal(9), date(2009, 1, 1), date(2026, 7, 31)),
    rates.RateRow("RO", Decimal(11), date(2025, 8, 1)),
)


def in_force(percent: Decimal, first: date, last: date) -> bool:
    """Tell whether the rate was in force on at least one day from `first` to `last`, both included."""
    return any(
        row.percent == percent and row.valid_from <= last and (row.valid_to is None or first <= row.valid_to)
        for row in (*rates.ROMANIAN_STANDARD_RATES, *_REDUCED)
    )
