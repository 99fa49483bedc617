"""Which standard VAT rate is in force in a country on a date. Pure: the rows are given in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing import errors
from praho.core import formatting
from praho.core.i18n import current_locale
from praho.core.i18n import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class RateRow:
    """A standard rate in percent and the days it is in force, both ends included; no end while it is open."""

    country: str
    percent: Decimal
    valid_from: date
    valid_to: date | None = None

    def covers(self, country: str, on: date) -> bool:
        """Tell whether the row is in force in `country` (ISO 3166-1 alpha-2) on the day."""
        return self.country == country and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


# Romania's standard rate: Legea 571/2003 as amended by OUG 58/2010 (24), Legea 227/2015 art. 291 (20, then
# 19), Legea 141/2025 (21).
ROMANIAN_STANDARD_RATES = (
    RateRow("RO", Decimal(24), date(2010, 7, 1), date(2015, 12, 31)),
    RateRow("RO", Decimal(20), date(2016, 1, 1), date(2016, 12, 31)),
    RateRow("RO", Decimal(19), date(2017, 1, 1), date(2025, 7, 31)),
    RateRow("RO", Decimal(21), date(2025, 8, 1)),
)


def standard_rate(rows: Iterable[RateRow], country: str, on: date) -> Decimal:
    """Return the percentage in force in `country` at the tax point `on` (a Bucharest date).

    There is no default rate: raises `TaxRateMissing` when no row covers the date and `TaxRateAmbiguous` when
    more than one does.
    """
    found = [row for row in rows if row.covers(country, on)]
    if not found:
        raise errors.TaxRateMissing(
            _(
                "No VAT rate is known for %(country)s on %(date)s.",
                country=country,
                date=formatting.date(on, current_locale()),
            )
        )
    if len(found) > 1:
        raise errors.TaxRateAmbiguous(
            _(
                "Several VAT rates are set for %(country)s on %(date)s.",
                country=country,
                date=formatting.date(on, current_locale()),
            )
        )
    return found[0].percent
