"""What is sold, before any tax: the lines that a cart, an order or staff put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing.documents import pricing
from praho.billing.tax.types import TaxDecision
from praho.core.money import Money

PIECE = "H87"
"""UN/ECE recommendation 20: piece."""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One sold thing at a net price for the whole of it, in minor units of the sale's currency.

    `discount_minor` comes off it, and `details` may say why. `subject` names what it is, such as `("order_item",
    "itm_…")`; billing never looks behind it.
    """

    description: str
    price_minor: int
    details: str = ""
    period_start: date | None = None
    period_end: date | None = None
    subject: tuple[str, str] | None = None
    discount_minor: int = 0


def net(currency: str, lines: Sequence[SaleLine], *, discount_minor: int = 0) -> Money:
    """Return what a sale comes to without VAT, after a discount on the whole of it; the VAT may hang on it."""
    return Money(sum(line.price_minor - line.discount_minor for line in lines) - discount_minor, currency)


def price(
    currency: str, lines: Sequence[SaleLine], tax: TaxDecision, *, discount_minor: int = 0
) -> pricing.PricedLines:
    """Price a sale: the one path from lines to totals, for cart, order and proforma alike.

    `discount_minor` is a discount on the whole of it, net, which becomes one allowance for each rate.
    """
    return pricing.price(currency, [_draft(line, tax) for line in lines], discount_minor=discount_minor)


def _draft(line: SaleLine, tax: TaxDecision) -> pricing.LineDraft:
    return pricing.LineDraft(
        description=line.description,
        quantity=Decimal(1),
        unit_code=PIECE,
        unit_price_minor=Decimal(line.price_minor),
        category=tax.category,
        rate=tax.rate,
        discount_minor=line.discount_minor,
        details=line.details,
        period_start=line.period_start,
        period_end=line.period_end,
    )
