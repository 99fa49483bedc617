"""The one computation of what a cart, an order, a proforma or an invoice costs.

Prices are net. A line is rounded once, when it is priced; VAT is computed once per category and rate, on
the sum of the nets, half up (Legea 227/2015 art. 319 asks for the base and the VAT per rate; EN 16931
BR-CO-17 for this order). Everything that comes out is an integer in minor units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from praho.billing import types
from praho.core import money

# Wide enough for any quantity times any price, so that the only rounding is the stated one.
_EXACT = Context(prec=100)

TaxKey = tuple[types.TaxCategory, Decimal]


@dataclass(frozen=True, slots=True)
class TaxableLine:
    """What is to be priced: a quantity (negative on a reversal) at a net unit price that is never negative.

    `unit_price_minor` may have decimals. `discount_minor` lowers the line, so it carries the line's sign
    and is not larger than the line. The rate is in percent, above zero exactly for the standard category.
    """

    quantity: Decimal
    unit_price_minor: Decimal
    category: types.TaxCategory
    rate: Decimal
    discount_minor: int = 0

    def __post_init__(self) -> None:
        for number in (self.quantity, self.unit_price_minor, self.rate):
            _require_finite(number)
        _require_whole(self.discount_minor)
        if self.unit_price_minor < 0:
            raise ValueError("a price is never negative: use a negative quantity or a discount (BR-27)")
        if self.rate < 0 or (self.rate > 0) != (self.category is types.TaxCategory.STANDARD):
            raise ValueError(f"category {self.category} does not go with a rate of {self.rate} %")
        gross = gross_minor(self.quantity, self.unit_price_minor)
        if not min(gross, 0) <= self.discount_minor <= max(gross, 0):
            raise ValueError("a discount lies between nothing and the whole line")


@dataclass(frozen=True, slots=True)
class LineTotal:
    """One priced line: `gross_minor` - `discount_minor` = `net_minor`."""

    gross_minor: int
    discount_minor: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The priced lines in the order given, the VAT breakdown sorted by category and rate, and the sums."""

    currency: str
    lines: tuple[LineTotal, ...]
    allowances: tuple[types.TaxAllowance, ...]
    subtotals: tuple[types.TaxSubtotal, ...]
    sums: types.Sums


def compute(currency: str, lines: Sequence[TaxableLine], *, discount_minor: int = 0) -> Totals:
    """Price `lines` and add them up; nothing to price gives zeros.

    `discount_minor` is a discount on the whole document: it is shared out over the categories and rates in
    proportion to their nets, one allowance each. Raises ValueError when it exceeds what there is to discount.
    """
    _require_whole(discount_minor)
    priced = tuple(_price(line) for line in lines)
    nets = _nets_by_tax(lines, priced)
    allowances = _share_out(currency, discount_minor, nets)
    taken = {(allowance.category, allowance.rate): allowance.amount_minor for allowance in allowances}
    subtotals = tuple(_subtotal(key, net - taken.get(key, 0)) for key, net in nets.items())
    return Totals(currency, priced, allowances, subtotals, _sums(priced, discount_minor, subtotals))


def gross_minor(quantity: Decimal, unit_price_minor: Decimal) -> int:
    """Return quantity times price in whole minor units, half up."""
    return _half_up(_EXACT.multiply(quantity, unit_price_minor))


def percent_of(amount_minor: int, percent: Decimal) -> int:
    """Return so many percent of an amount in whole minor units, half up (10 % of 9.95 is 1.00)."""
    return _half_up(_EXACT.multiply(Decimal(_require_whole(amount_minor)), percent).scaleb(-2, _EXACT))


def split_gross(gross_amount_minor: int, rate: Decimal) -> tuple[int, int]:
    """Return net and VAT of a price that was agreed with its VAT: the net half up, the VAT by difference.

    So the gross stays what was agreed, although the VAT may be a ban off what the net would give.
    """
    gross = Decimal(_require_whole(gross_amount_minor))
    net = _half_up(_EXACT.divide(gross * 100, 100 + rate))
    return net, gross_amount_minor - net


def _price(line: TaxableLine) -> LineTotal:
    gross = gross_minor(line.quantity, line.unit_price_minor)
    return LineTotal(gross, line.discount_minor, gross - line.discount_minor)


def _nets_by_tax(lines: Sequence[TaxableLine], priced: Sequence[LineTotal]) -> dict[TaxKey, int]:
    nets: dict[TaxKey, int] = {}
    for line, total in zip(lines, priced, strict=True):
        key = (line.category, canonical(line.rate))
        nets[key] = nets.get(key, 0) + total.net_minor
    return dict(sorted(nets.items()))


def _share_out(currency: str, discount: int, nets: dict[TaxKey, int]) -> tuple[types.TaxAllowance, ...]:
    if discount == 0:
        return ()
    sign = 1 if discount > 0 else -1
    room = [max(sign * net, 0) for net in nets.values()]
    if sign * discount > sum(room):
        raise ValueError("a discount on the document is not larger than the document")
    shares = money.Money(discount, currency).allocate(room)
    return tuple(
        types.TaxAllowance(category, rate, share.minor)
        for (category, rate), share in zip(nets, shares, strict=True)
        if share.minor != 0
    )


def _subtotal(key: TaxKey, net_minor: int) -> types.TaxSubtotal:
    category, rate = key
    return types.TaxSubtotal(category, rate, net_minor, percent_of(net_minor, rate))


def _sums(priced: Sequence[LineTotal], allowance_minor: int, subtotals: Sequence[types.TaxSubtotal]) -> types.Sums:
    line_net = sum(line.net_minor for line in priced)
    vat = sum(subtotal.vat_minor for subtotal in subtotals)
    net = line_net - allowance_minor
    return types.Sums(line_net, allowance_minor, net, vat, net + vat)


def canonical(rate: Decimal) -> Decimal:
    """Return one spelling for each rate: 21 for 21.00, 25.5 for 25.50, and 20 rather than 2E+1."""
    return rate.quantize(Decimal(1)) if rate == rate.to_integral_value() else rate.normalize()


def _half_up(value: Decimal) -> int:
    return int(money.round_half_up(value, 0))


def _require_finite(value: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"a finite decimal is needed, not {value!r}")


def _require_whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"an amount in minor units is an int, not {type(value).__name__}")
    return value
