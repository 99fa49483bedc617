"""Money: an amount in minor units of one currency, and the one rounding rule.

VAT and every price are rounded half up, away from zero (1.005 → 1.01, -2.675 → -2.68), which is what
`round_half_up` does; nothing else in the house rounds money. Floats are refused at every entrance.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Self

from praho.core import errors
from praho.core.i18n import lazy_gettext as _

# Digits behind the point by ISO 4217: our selling currencies and those that the National Bank quotes.
_TWO_DECIMALS = """
AED AUD BGN BRL CAD CHF CNY CZK DKK EGP EUR GBP HKD HUF IDR ILS INR MDL MXN MYR NOK NZD PHP PLN RON RSD RUB SEK SGD
THB TRY UAH USD ZAR
"""
EXPONENTS = dict.fromkeys(_TWO_DECIMALS.split(), 2) | {"ISK": 0, "JPY": 0, "KRW": 0}

MAX_WHOLE_DIGITS = 13

_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([., '])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?")


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met; convert first, by a stated rate."""


class UnknownCurrency(ValueError):
    """The code is not one of `EXPONENTS` (`LEI` is no ISO 4217 code)."""


class InvalidAmount(errors.Invalid, ValueError):
    """A typed amount that cannot be read, or could be read in two ways."""


def exponent(currency: str) -> int:
    """Return the number of decimals of a currency; raise `UnknownCurrency`."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(f"not a known ISO 4217 code: {currency!r}") from None


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round to `places` decimals, halves away from zero; a float is a TypeError, NaN a ValueError."""
    if not isinstance(value, Decimal):
        raise TypeError(f"a decimal is rounded, not {type(value).__name__}")
    if not value.is_finite():
        raise ValueError("only finite numbers are rounded")
    return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def parse(text: str, currency: str) -> "Money":
    """Read an amount as people type it or as a bank writes it, or raise `InvalidAmount`.

    `1.234,56`, `1,234.56`, `1 234,56`, `1234.56` and `1234,5` are read; the last separator is the decimal
    one when both occur. `1.234` is refused, for it means a thousand here and one and a bit elsewhere.
    """
    cleaned = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    sign = -1 if cleaned.startswith("-") else 1
    whole, decimals = _split_typed(cleaned.removeprefix("-").removeprefix("+").strip())
    places = exponent(currency)
    if len(decimals) > places:
        raise InvalidAmount(_("The amount has more decimals than the currency allows."))
    if len(whole.lstrip("0")) > MAX_WHOLE_DIGITS:
        raise InvalidAmount(_("The amount is too large."))
    return Money(sign * int(whole + decimals.ljust(places, "0")), currency)


def total(amounts: Iterable["Money"], currency: str) -> "Money":
    """Add up amounts of one currency; nothing to add gives zero of that currency."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


def _split_typed(text: str) -> tuple[str, str]:
    if not text.isascii():
        raise InvalidAmount(_("This is not an amount."))
    plain, grouped = _PLAIN.fullmatch(text), _GROUPED.fullmatch(text)
    if grouped is None:
        if plain is None:
            raise InvalidAmount(_("This is not an amount."))
        return plain[1], plain[2] or ""
    whole, group, point, decimals = grouped[1], grouped[2], grouped[3], grouped[4]
    if point == group:
        raise InvalidAmount(_("This is not an amount."))
    if point is None and group in ".," and whole.count(group) == 1:
        raise InvalidAmount(_("This amount can be read in two ways: leave out the thousands separator."))
    return re.sub(r"\D", "", whole), decimals or ""


def _whole_number(value: object, what: str) -> int:
    # True is an int to Python, but nobody means one ban by it.
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{what} must be an int, not {type(value).__name__}")
    return value


def _divide_half_up(numerator: int, denominator: int) -> int:
    quotient, rest = divmod(abs(numerator), abs(denominator))
    rounded = quotient + (2 * rest >= abs(denominator))
    return rounded if (numerator < 0) == (denominator < 0) else -rounded


@dataclass(frozen=True, slots=True)
class Money:
    """An immutable amount: `minor` units (bani, cents) of `currency` (ISO 4217).

    It has no truth value on purpose: zero is an amount like any other, so ask `is None` or `is_zero`.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        _whole_number(self.minor, "an amount in minor units")
        exponent(self.currency)

    @classmethod
    def from_decimal(cls, value: Decimal | int, currency: str) -> Self:
        """Return the amount of `value` major units, rounded half up to the currency's decimals."""
        if isinstance(value, int):
            value = Decimal(_whole_number(value, "an amount"))
        places = exponent(currency)
        return cls(int(round_half_up(value, places).scaleb(places, context=_EXACT)), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return nothing, in this currency."""
        return cls(0, currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency), context=_EXACT)

    @property
    def is_zero(self) -> bool:
        """Whether the amount is exactly nothing."""
        return self.minor == 0

    @property
    def is_positive(self) -> bool:
        """Whether the amount is above zero."""
        return self.minor > 0

    @property
    def is_negative(self) -> bool:
        """Whether the amount is below zero."""
        return self.minor < 0

    def times(self, factor: Decimal | int) -> "Money":
        """Multiply by a quantity or a rate and round once, half up."""
        if isinstance(factor, int):
            return self * factor
        if not isinstance(factor, Decimal):
            raise TypeError(f"money is multiplied by a decimal, not {type(factor).__name__}")
        product = _EXACT.multiply(Decimal(self.minor), factor)
        return Money(int(round_half_up(product, 0)), self.currency)

    def prorate(self, part: int, whole: int) -> "Money":
        """Return `part`/`whole` of the amount (days of a period, say), exact until the one rounding."""
        part, whole = _whole_number(part, "the part"), _whole_number(whole, "the whole")
        return Money(_divide_half_up(self.minor * part, whole), self.currency)

    def allocate(self, weights: Sequence[int | Decimal]) -> list["Money"]:
        """Share the amount out by weights so that the shares add up to it exactly.

        Largest remainder rule; between equal remainders the later share gets the unit (100.00 in three
        is 33.33, 33.33, 33.34). Weights are not negative and not all zero; a zero weight gets nothing.
        """
        exact = [_weight(weight) for weight in weights]
        whole = sum(exact, Fraction(0))
        if whole == 0:
            raise ValueError("an amount needs at least one weight above zero")
        ideal = [abs(self.minor) * weight / whole for weight in exact]
        shares = [int(share) for share in ideal]
        by_remainder = sorted(range(len(ideal)), key=lambda i: (ideal[i] - shares[i], i), reverse=True)
        for index in by_remainder[: abs(self.minor) - sum(shares)]:
            shares[index] += 1
        sign = -1 if self.minor < 0 else 1
        return [Money(sign * share, self.currency) for share in shares]

    def split(self, parts: int) -> list["Money"]:
        """Share the amount out in `parts` as equal as can be."""
        return self.allocate([1] * _whole_number(parts, "the number of parts"))

    def _matching(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} met {other.currency}")
        return other.minor

    def __add__(self, other: object) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._matching(other), self.currency)

    def __sub__(self, other: object) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._matching(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __mul__(self, count: object) -> "Money":
        return Money(self.minor * _whole_number(count, "the factor"), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._matching(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._matching(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._matching(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._matching(other)

    def __bool__(self) -> bool:
        raise TypeError("an amount has no truth value: ask `is None` or `.is_zero`")

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"


def _weight(weight: int | Decimal) -> Fraction:
    exact = Fraction(weight if isinstance(weight, Decimal) else _whole_number(weight, "a weight"))
    if exact < 0:
        raise ValueError("a weight cannot be negative")
    return exact
