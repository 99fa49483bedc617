"""Amounts in lei: what Legea 227/2015 art. 290 (2) and art. 319 (20) j) ask of documents in another currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.core import money

HOME = "RON"


@dataclass(frozen=True, slots=True)
class Rate:
    """Lei for one unit of `currency`, as the National Bank published it on a Bucharest date."""

    currency: str
    lei: Decimal
    published_on: date


def in_lei(amount_minor: int, rate: Rate) -> int:
    """Return an amount of the rate's currency in bani, converted once and rounded half up.

    The VAT of a document is converted as a whole: 22.87 EUR at 5.0812 is 116.21 lei, not what 21 % of a converted
    base would give.
    """
    major = Decimal(amount_minor).scaleb(-money.exponent(rate.currency))
    return int(money.round_half_up(major * rate.lei, money.exponent(HOME)).scaleb(money.exponent(HOME)))
