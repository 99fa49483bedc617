"""Which VAT a sale carries. This release sells from a VAT-registered Romanian seller to buyers in Romania."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing import errors, types
from praho.billing.tax import rates, repos
from praho.core.i18n import lazy_gettext as _

HOME = "RO"


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """The category and the percentage of a sale, and why, in one sentence for staff."""

    category: types.TaxCategory
    rate: Decimal
    explanation: object


def decide(buyer_country: str, on: date) -> TaxDecision:
    """Return the VAT of a hosting or domain sale at the tax point `on` (a Bucharest date).

    The place of electronically supplied services to a buyer in Romania is Romania (Legea 227/2015 art. 278).
    Raises `UnsupportedBuyer` for a buyer elsewhere, `TaxRateMissing` where no row covers the date.
    """
    if buyer_country != HOME:
        raise errors.UnsupportedBuyer(_("At the moment we can only sell to customers with an address in Romania."))
    rate = rates.standard_rate(repos.rate_rows(), HOME, on)
    explanation = _("Buyer in Romania: Romanian VAT of %(rate)s%%, in force on %(date)s.", rate=rate, date=on)
    return TaxDecision(types.TaxCategory.STANDARD, rate, explanation)
