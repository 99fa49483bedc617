"""The arithmetic of invoices, case by case; the ids are those of the reference cases, section D."""

from decimal import Decimal

import pytest

from praho.core import money
from praho.core.money import Money

RATE = Decimal("0.21")


def lei(text):
    return Money.from_decimal(Decimal(text), "RON")


def net_of_gross(gross):
    return gross.prorate(100, 121)


@pytest.mark.parametrize(
    ("net", "vat", "total"),
    [
        pytest.param(lei("0.33") * 7, "0.49", "2.80", id="D1"),
        pytest.param(lei("4.99") * 10, "10.48", "60.38", id="D2"),
        pytest.param(lei("0.37").times(Decimal("13.5")), "1.05", "6.05", id="D3"),
        pytest.param(lei("49.90") + lei("239.88") + lei("5.00"), "61.90", "356.68", id="D4"),
        pytest.param(lei("2.50"), "0.53", "3.03", id="D5"),
        pytest.param(lei("12.50"), "2.63", "15.13", id="D6"),
        pytest.param(-lei("239.88"), "-50.37", "-290.25", id="D8"),
        pytest.param(Money.from_decimal(1000 * Decimal("0.004"), "RON"), "0.84", "4.84", id="D11"),
        pytest.param(lei("33.33") * 3, "21.00", "120.99", id="D12"),
    ],
)
def test_vat_is_taken_of_the_sum_and_rounded_once(net, vat, total):
    assert net.times(RATE) == lei(vat)
    assert net + net.times(RATE) == lei(total)


def test_vat_of_each_line_would_give_another_sum_than_the_law_asks_for():
    assert money.total([lei("4.99").times(RATE)] * 10, "RON") == lei("10.50")


def test_a_line_of_less_than_half_a_cent_more_is_rounded_up():
    assert lei("0.37").times(Decimal("13.5")) == lei("5.00")


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        pytest.param("0.125", "0.13", id="D7-eighth"),
        pytest.param("-0.125", "-0.13", id="D7-minus-eighth"),
        pytest.param("1.005", "1.01", id="D7-just-above-one"),
        pytest.param("-2.675", "-2.68", id="D7-minus"),
        pytest.param("0.0049999999999999999999999999999999999", "0.00", id="almost"),
        pytest.param("0.005", "0.01", id="half-of-nothing"),
        pytest.param("-0.004", "0.00", id="no-negative-zero"),
    ],
)
def test_halves_go_away_from_zero(exact, rounded):
    assert money.round_half_up(Decimal(exact)) == Decimal(rounded)
    assert Money.from_decimal(Decimal(exact), "RON") == lei(rounded)


@pytest.mark.parametrize(
    ("gross", "net", "vat"),
    [
        pytest.param("100.00", "82.64", "17.36", id="D9"),
        pytest.param("0.01", "0.01", "0.00", id="D10"),
        pytest.param("-50.00", "-41.32", "-8.68", id="D16"),
    ],
)
def test_a_fixed_gross_price_keeps_its_gross(gross, net, vat):
    assert net_of_gross(lei(gross)) == lei(net)
    assert lei(gross) - net_of_gross(lei(gross)) == lei(vat)


def test_recomputing_the_vat_of_a_gross_price_would_lose_a_ban():
    assert net_of_gross(lei("100.00")).times(RATE) == lei("17.35")


@pytest.mark.parametrize(
    ("amount", "parts", "shares"),
    [
        pytest.param("100.00", 3, ["33.33", "33.33", "33.34"], id="D13"),
        pytest.param("-100.00", 3, ["-33.33", "-33.33", "-33.34"], id="minus"),
        pytest.param("0.02", 3, ["0.00", "0.01", "0.01"], id="less-than-parts"),
        pytest.param("0.00", 2, ["0.00", "0.00"], id="nothing"),
    ],
)
def test_splitting_gives_the_odd_units_to_the_last(amount, parts, shares):
    assert lei(amount).split(parts) == [lei(share) for share in shares]


@pytest.mark.parametrize(
    ("price", "percent", "discount", "net"),
    [pytest.param("9.95", "10", "1.00", "8.95", id="D14"), pytest.param("9.94", "10", "0.99", "8.95", id="below")],
)
def test_a_discount_is_rounded_before_it_is_taken_off(price, percent, discount, net):
    assert lei(price).times(Decimal(percent) / 100) == lei(discount)
    assert lei(price) - lei(discount) == lei(net)


@pytest.mark.parametrize(
    ("price", "days", "base", "part"),
    [
        pytest.param("49.99", 17, 31, "27.41", id="D18-month"),
        pytest.param("119.88", 100, 365, "32.84", id="D18-year"),
        pytest.param("119.88", 100, 366, "32.75", id="D18-leap-year"),
        # 5/6 as a decimal is a little less than 5/6, and would round the half down.
        pytest.param("0.03", 5, 6, "0.03", id="exact-half"),
    ],
)
def test_a_part_of_a_period_states_its_base(price, days, base, part):
    assert lei(price).prorate(days, base) == lei(part)


@pytest.mark.parametrize(("paid", "due", "credit"), [pytest.param("356.69", "356.68", "0.01", id="D19")])
def test_an_overpayment_is_a_credit_and_leaves_the_document_alone(paid, due, credit):
    document = lei(due)
    assert lei(paid) - document == lei(credit)
    assert document == lei(due)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        pytest.param("1.234,56", 123456, id="D20-comma"),
        pytest.param("1,234.56", 123456, id="D20-point"),
        pytest.param("1234.56", 123456, id="plain-point"),
        pytest.param("1234,56", 123456, id="plain-comma"),
        pytest.param("1 234,56", 123456, id="space"),
        pytest.param("1\u00a0234,56", 123456, id="no-break-space"),
        pytest.param("1\u202f234,56", 123456, id="narrow-space"),
        pytest.param("1'234.50", 123450, id="apostrophe"),
        pytest.param("1.234.567", 123456700, id="thousands-twice"),
        pytest.param("12.345.678,9", 1234567890, id="one-decimal"),
        pytest.param("0,05", 5, id="small"),
        pytest.param("007", 700, id="zeros"),
        pytest.param(" -5 ", -500, id="minus"),
        pytest.param("\u22125,5", -550, id="minus-sign"),
        pytest.param("+5", 500, id="plus"),
        pytest.param("１２,５", 1250, id="full-width"),
        pytest.param("0", 0, id="zero"),
        pytest.param("9999999999999,99", 999999999999999, id="largest"),
    ],
)
def test_typed_amounts_are_read(typed, minor):
    assert money.parse(typed, "RON") == Money(minor, "RON")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1.234", id="D20-ambiguous-point"),
        pytest.param("1,234", id="D20-ambiguous-comma"),
        pytest.param("", id="empty"),
        pytest.param("-", id="sign"),
        pytest.param("--5", id="two-signs"),
        pytest.param("5-", id="sign-behind"),
        pytest.param("1,234,56", id="one-separator-for-both"),
        pytest.param("1.234.56", id="short-group"),
        pytest.param("12,34.56", id="groups-of-two"),
        pytest.param("1.234 567", id="mixed-groups"),
        pytest.param("0.123,45", id="group-of-zero"),
        pytest.param("1 2", id="two-numbers"),
        pytest.param("1.234,567", id="three-decimals"),
        pytest.param("12.3456", id="four-decimals"),
        pytest.param(",5", id="no-whole"),
        pytest.param("5,", id="no-decimals"),
        pytest.param("1e5", id="scientific"),
        pytest.param("NaN", id="not-a-number"),
        pytest.param("0x10", id="hexadecimal"),
        pytest.param("1_000", id="underscore"),
        pytest.param("١٢٣", id="other-digits"),
        pytest.param("12 lei", id="with-words"),
        pytest.param("99999999999999", id="too-large"),
    ],
)
def test_typed_amounts_that_could_be_wrong_are_refused(typed):
    with pytest.raises(money.InvalidAmount):
        money.parse(typed, "RON")


def test_a_currency_without_decimals_takes_none():
    assert money.parse("1500", "JPY") == Money(1500, "JPY")
    with pytest.raises(money.InvalidAmount):
        money.parse("1500,5", "JPY")
