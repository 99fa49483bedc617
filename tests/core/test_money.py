"""Money as a type: what it refuses, and what holds for every amount."""

import copy
import pickle
from dataclasses import FrozenInstanceError
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from praho.core import formatting, money
from praho.core.money import Money

MINOR = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(
    st.one_of(st.integers(0, 10**6), st.decimals(0, 10**6, places=4, allow_nan=False)), min_size=1, max_size=12
)
FACTORS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=8)


def half_up(exact):
    """Round a fraction half away from zero, by the definition."""
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


@given(st.decimals(-(10**12), 10**12, allow_nan=False), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value, places):
    rounded = money.round_half_up(value, places)
    assert Fraction(rounded) == Fraction(half_up(Fraction(value) * 10**places), 10**places)


@given(MINOR, FACTORS)
def test_multiplying_rounds_the_exact_product_once(minor, factor):
    assert Money(minor, "RON").times(factor).minor == half_up(minor * Fraction(factor))


@given(MINOR, st.integers(-1000, 1000), st.integers(-1000, 1000).filter(bool))
def test_prorating_rounds_the_exact_fraction_once(minor, part, whole):
    assert Money(minor, "RON").prorate(part, whole).minor == half_up(Fraction(minor * part, whole))


@given(MINOR, WEIGHTS)
def test_shares_add_up_and_stay_within_a_unit_of_their_due(minor, weights):
    assume(any(weights))
    amount = Money(minor, "RON")
    shares = amount.allocate(weights)
    assert money.total(shares, "RON") == amount
    whole = sum(Fraction(weight) for weight in weights)
    for share, weight in zip(shares, weights, strict=True):
        due = Fraction(minor) * Fraction(weight) / whole
        assert abs(share.minor - due) < 1
        assert weight or share.is_zero
        assert share.minor * minor >= 0


@given(MINOR, st.integers(1, 50))
def test_parts_differ_by_a_unit_at_most_and_never_shrink(minor, parts):
    shares = [abs(share.minor) for share in Money(minor, "RON").split(parts)]
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares)


@given(MINOR, MINOR)
def test_addition_is_that_of_the_minor_units(one, other):
    left, right = Money(one, "EUR"), Money(other, "EUR")
    assert (left + right).minor == one + other
    assert left - right == left + -right
    assert (left < right, left <= right, left > right, left >= right) == (
        one < other,
        one <= other,
        one > other,
        one >= other,
    )


@given(MINOR, st.sampled_from(sorted(money.EXPONENTS)))
def test_decimals_survive_the_way_there_and_back(minor, currency):
    amount = Money(minor, currency)
    assert Money.from_decimal(amount.decimal, currency) == amount
    assert -amount.decimal.as_tuple().exponent == money.EXPONENTS[currency]


@given(st.integers(-(10**14), 10**14), st.sampled_from(["RON", "HUF"]), st.sampled_from(["ro", "en"]))
def test_what_is_shown_can_be_typed_back(minor, currency, locale):
    amount = Money(minor, currency)
    assert money.parse(formatting.bare_amount(amount, locale), currency) == amount


@given(st.text(max_size=30))
def test_no_typed_text_is_worse_than_refused(typed):
    try:
        money.parse(typed, "RON")
    except money.InvalidAmount:
        return


@given(st.text("0123456789.,- '", max_size=14))
def test_a_read_amount_has_the_digits_that_were_typed(typed):
    try:
        amount = money.parse(typed, "RON")
    except money.InvalidAmount:
        return
    digits = "".join(character for character in typed if character.isdigit())
    assert str(abs(amount.minor)).rstrip("0") == digits.lstrip("0").rstrip("0") or amount.is_zero


@pytest.mark.parametrize(
    "attempt",
    [
        lambda amount: Money(1.0, "RON"),
        lambda amount: Money(True, "RON"),
        lambda amount: Money("1", "RON"),
        lambda amount: Money.from_decimal(1.5, "RON"),
        lambda amount: Money.from_decimal("1.5", "RON"),
        lambda amount: Money.from_decimal(True, "RON"),
        lambda amount: amount * 1.5,
        lambda amount: 1.5 * amount,
        lambda amount: amount * Decimal("1.5"),
        lambda amount: amount * True,
        lambda amount: amount * amount,
        lambda amount: amount.times(1.5),
        lambda amount: amount.times(True),
        lambda amount: amount.prorate(0.5, 1),
        lambda amount: amount.allocate([0.5, 0.5]),
        lambda amount: amount.allocate([True]),
        lambda amount: amount.split(2.0),
        lambda amount: amount + 1,
        lambda amount: 1 + amount,
        lambda amount: amount - Decimal(1),
        lambda amount: sum([amount, amount]),
        lambda amount: amount / 2,
        float,
        int,
        bool,
        lambda amount: amount or None,
        lambda amount: money.round_half_up(1.005),
        lambda amount: money.round_half_up(1),
    ],
)
def test_what_is_not_exact_money_is_a_type_error(attempt):
    with pytest.raises(TypeError):
        attempt(Money(100, "RON"))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda lei, euro: lei + euro,
        lambda lei, euro: lei - euro,
        lambda lei, euro: lei < euro,
        lambda lei, euro: lei <= euro,
        lambda lei, euro: lei > euro,
        lambda lei, euro: lei >= euro,
        max,
        lambda lei, euro: money.total([lei, euro], "RON"),
        lambda lei, euro: money.total([euro], "RON"),
    ],
)
def test_currencies_do_not_mix(attempt):
    with pytest.raises(money.CurrencyMismatch):
        attempt(Money(100, "RON"), Money(100, "EUR"))


def test_equal_numbers_of_two_currencies_are_not_equal():
    assert Money(0, "RON") != Money(0, "EUR")
    assert len({Money(0, "RON"), Money(0, "EUR"), Money(0, "RON")}) == 2


@pytest.mark.parametrize("code", ["LEI", "ron", "", "XYZ", "RON ", "BTC"])
def test_unknown_currency_codes_are_refused(code):
    with pytest.raises(money.UnknownCurrency):
        Money(1, code)


@pytest.mark.parametrize(("currency", "places"), [("RON", 2), ("EUR", 2), ("USD", 2), ("HUF", 2), ("JPY", 0)])
def test_decimals_follow_iso_4217(currency, places):
    assert money.exponent(currency) == places


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [Decimal("-0.1"), 1]])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weight"):
        Money(100, "RON").allocate(weights)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")])
def test_only_finite_numbers_become_money(value):
    with pytest.raises(ValueError, match="finite"):
        Money.from_decimal(value, "RON")


def test_a_period_of_no_days_has_no_part():
    with pytest.raises(ZeroDivisionError):
        Money(100, "RON").prorate(1, 0)


def test_money_does_not_change():
    amount = Money(100, "RON")
    with pytest.raises(FrozenInstanceError):
        amount.minor = 1
    assert copy.copy(amount) == pickle.loads(pickle.dumps(amount)) == amount
    assert str(Money(-5, "RON")) == "-0.05 RON"


def test_zero_is_an_amount():
    assert Money.zero("RON").is_zero
    assert not Money.zero("RON").is_positive
    assert not Money.zero("RON").is_negative
    assert money.total([], "EUR") == Money.zero("EUR")
    assert abs(Money(-3, "RON")) == Money(3, "RON")


def test_large_amounts_keep_every_digit():
    factor = Decimal("1.0000000000000000000000000000000000000001")
    assert Money(10**15 + 1, "RON").times(factor) == Money(10**15 + 1, "RON")
