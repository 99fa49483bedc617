from dataclasses import FrozenInstanceError, astuple, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.billing import types
from praho.billing.tax import totals

S = types.TaxCategory.STANDARD
AE = types.TaxCategory.REVERSE_CHARGE


def line(price, quantity="1", rate="21", discount=0, category=S):
    """One line; the price is in major units."""
    return totals.TaxableLine(Decimal(quantity), Decimal(price) * 100, category, Decimal(rate), discount)


def sums(*lines, discount=0):
    computed = totals.compute("RON", lines, discount_minor=discount).sums
    return computed.net_minor, computed.vat_minor, computed.total_minor


CASES = {
    "D1": ([line("0.33", "7")], (231, 49, 280)),
    "D2": ([line("4.99")] * 10, (4990, 1048, 6038)),
    "D3": ([line("0.37", "13.5")], (500, 105, 605)),
    "D4": ([line("49.90"), line("239.88"), line("5.00")], (29478, 6190, 35668)),
    "D5": ([line("2.50")], (250, 53, 303)),
    "D6": ([line("12.50")], (1250, 263, 1513)),
    "D8": ([line("239.88", "-1")], (-23988, -5037, -29025)),
    "D11": ([line("0.004", "1000")], (400, 84, 484)),
    "D12": ([line("33.33", "3")], (9999, 2100, 12099)),
    "D14": ([line("9.95", discount=totals.percent_of(995, Decimal(10)))], (895, 188, 1083)),
}


@pytest.mark.parametrize("case", CASES)
def test_money_case(case):
    lines, expected = CASES[case]
    assert sums(*lines) == expected


def test_d8_reversal_mirrors_the_original():
    lines = [line("239.88", discount=1000), line("49.90", "3"), line("5", "2", rate="19")]
    reversed_lines = [replace(one, quantity=-one.quantity, discount_minor=-one.discount_minor) for one in lines]
    original = totals.compute("RON", lines, discount_minor=777)
    mirror = totals.compute("RON", reversed_lines, discount_minor=-777)
    assert astuple(mirror.sums) == tuple(-value for value in astuple(original.sums))
    assert [one.vat_minor for one in mirror.subtotals] == [-one.vat_minor for one in original.subtotals]


def test_d3_line_is_rounded_before_the_vat():
    computed = totals.compute("RON", [line("0.37", "13.5")])
    assert computed.lines == (totals.LineTotal(gross_minor=500, discount_minor=0, net_minor=500),)


def test_d14_line_keeps_gross_and_discount():
    computed = totals.compute("RON", [line("9.95", discount=100)])
    assert computed.lines == (totals.LineTotal(gross_minor=995, discount_minor=100, net_minor=895),)


def test_d15_discount_on_the_document_is_one_allowance_per_rate():
    lines = [line("100.00"), line("100.00", rate="19"), line("100.00")]
    computed = totals.compute("RON", lines, discount_minor=1000)
    assert computed.allowances == (
        types.TaxAllowance(S, Decimal(19), 333),
        types.TaxAllowance(S, Decimal(21), 667),
    )
    assert computed.subtotals == (
        types.TaxSubtotal(S, Decimal(19), 9667, 1837),
        types.TaxSubtotal(S, Decimal(21), 19333, 4060),
    )
    assert computed.sums == types.Sums(30000, 1000, 29000, 5897, 34897)


def test_the_smallest_discount():
    assert sums(line("1.00"), discount=1) == (99, 21, 120)
    assert sums(line("1.00", "-1"), discount=-1) == (-99, -21, -120)


@pytest.mark.parametrize(("rate", "vat"), [("0.5", 50), ("1", 100)])
def test_small_rates_are_rates(rate, vat):
    assert sums(line("100", rate=rate)) == (10000, vat, 10000 + vat)


def test_results_cannot_be_changed():
    computed = totals.compute("RON", [line("1.00")])
    for frozen, name in ((computed, "sums"), (computed.lines[0], "net_minor"), (line("1.00"), "rate")):
        with pytest.raises(FrozenInstanceError):
            setattr(frozen, name, 0)


def test_a_group_without_room_gets_no_allowance():
    lines = [line("100.00"), line("0.00", rate="19")]
    computed = totals.compute("RON", lines, discount_minor=1000)
    assert computed.allowances == (types.TaxAllowance(S, Decimal(21), 1000),)


@pytest.mark.parametrize(("amount", "rounded"), [("0.125", 13), ("1.005", 101), ("2.675", 268), ("0.124", 12)])
def test_halves_are_rounded_up(amount, rounded):
    assert totals.gross_minor(Decimal(1), Decimal(amount) * 100) == rounded
    assert totals.gross_minor(Decimal(-1), Decimal(amount) * 100) == -rounded


def test_usage_by_the_million_is_exact():
    assert sums(line("0.0001", "1000000")) == (10000, 2100, 12100)


def test_a_long_fraction_is_rounded_once():
    # 0.49999…9 (40 digits) must not become 0.5 on the way and then 1.
    assert totals.gross_minor(Decimal("0.4" + "9" * 40), Decimal(1)) == 0


def test_spellings_of_one_rate_are_one_group():
    computed = totals.compute("RON", [line("1", rate="21"), line("1", rate="21.00"), line("1", rate="2.1E+1")])
    assert [str(one.rate) for one in computed.subtotals] == ["21"]
    assert computed.subtotals[0].net_minor == 300


@pytest.mark.parametrize(("typed", "kept"), [("25.50", "25.5"), ("20", "20"), ("5.0", "5")])
def test_rate_has_one_spelling(typed, kept):
    computed = totals.compute("RON", [line("1", rate=typed)])
    assert str(computed.subtotals[0].rate) == kept


def test_decimal_rate():
    assert sums(line("52.00", rate="25.5")) == (5200, 1326, 6526)


def test_reverse_charge_has_a_base_and_no_vat():
    computed = totals.compute("RON", [line("10", rate="0", category=AE), line("10")])
    assert computed.subtotals == (
        types.TaxSubtotal(AE, Decimal(0), 1000, 0),
        types.TaxSubtotal(S, Decimal(21), 1000, 210),
    )


def test_an_empty_cart_costs_nothing():
    computed = totals.compute("RON", [])
    assert computed == totals.Totals("RON", (), (), (), types.Sums(0, 0, 0, 0, 0))


def test_a_free_line_is_no_missing_line():
    assert totals.compute("RON", [line("0")]).subtotals == (types.TaxSubtotal(S, Decimal(21), 0, 0),)


def test_d21_a_negative_price_is_refused():
    with pytest.raises(ValueError, match="BR-27"):
        line("-0.01")


@pytest.mark.parametrize(("category", "rate"), [(S, "0"), (AE, "21"), (S, "-19"), (types.TaxCategory.EXEMPT, "9")])
def test_category_and_rate_must_agree(category, rate):
    with pytest.raises(ValueError, match="does not go with"):
        line("1", rate=rate, category=category)


@pytest.mark.parametrize(("quantity", "discount"), [("1", 101), ("1", -1), ("-1", 1), ("-1", -101)])
def test_a_discount_stays_within_its_line(quantity, discount):
    with pytest.raises(ValueError, match="whole line"):
        line("1.00", quantity, discount=discount)


@pytest.mark.parametrize(("quantity", "discount"), [("1", 100), ("-1", -100), ("1", 0)])
def test_a_discount_may_be_the_whole_line(quantity, discount):
    assert sums(line("1.00", quantity, discount=discount)) == ((0, 0, 0) if discount else (100, 21, 121))


@pytest.mark.parametrize("discount", [101, -1])
def test_a_document_discount_stays_within_the_document(discount):
    with pytest.raises(ValueError, match="not larger than the document"):
        totals.compute("RON", [line("1.00")], discount_minor=discount)


def test_a_document_may_be_free_by_discount():
    assert sums(line("1.00"), discount=100) == (0, 0, 0)


@pytest.mark.parametrize("bad", [1.5, 1, "1", None, Decimal("NaN"), Decimal("Infinity")])
def test_only_finite_decimals_are_priced(bad):
    with pytest.raises(TypeError):
        totals.TaxableLine(bad, Decimal(100), S, Decimal(21))
    with pytest.raises(TypeError):
        totals.TaxableLine(Decimal(1), bad, S, Decimal(21))


@pytest.mark.parametrize("bad", [1.0, Decimal(1), True])
def test_discounts_are_whole_numbers(bad):
    with pytest.raises(TypeError):
        totals.TaxableLine(Decimal(1), Decimal(100), S, Decimal(21), bad)
    with pytest.raises(TypeError):
        totals.compute("RON", [line("5")], discount_minor=bad)


taxable_lines = st.builds(
    totals.TaxableLine,
    quantity=st.decimals(min_value=0, max_value=10_000, places=3),
    unit_price_minor=st.decimals(min_value=0, max_value=10_000_000, places=2),
    category=st.just(S),
    rate=st.sampled_from([Decimal(19), Decimal(21), Decimal("25.5")]),
)


@given(st.lists(taxable_lines, max_size=12))
def test_sums_follow_from_lines_and_rows(lines):
    computed = totals.compute("RON", lines)
    assert computed.sums.net_minor == sum(one.net_minor for one in computed.lines)
    assert computed.sums.vat_minor == sum(one.vat_minor for one in computed.subtotals)
    assert computed.sums.total_minor == computed.sums.net_minor + computed.sums.vat_minor
    assert all(type(value) is int for value in astuple(computed.sums))


@given(st.lists(taxable_lines, max_size=12))
def test_vat_is_half_up_on_the_sum_of_each_rate(lines):
    for row in totals.compute("RON", lines).subtotals:
        nets = [totals.gross_minor(one.quantity, one.unit_price_minor) for one in lines if one.rate == row.rate]
        assert row.net_minor == sum(nets)
        exact = Decimal(row.net_minor) * row.rate / 100
        assert Decimal("-0.5") <= exact - row.vat_minor < Decimal("0.5")


@given(st.lists(taxable_lines, min_size=1, max_size=8), st.randoms(use_true_random=False), st.data())
def test_the_order_of_lines_does_not_matter(lines, random, data):
    most = totals.compute("RON", lines).sums.net_minor
    discount = data.draw(st.integers(min_value=0, max_value=most))
    shuffled = lines.copy()
    random.shuffle(shuffled)
    one = totals.compute("RON", lines, discount_minor=discount)
    other = totals.compute("RON", shuffled, discount_minor=discount)
    assert (one.subtotals, one.allowances, one.sums) == (other.subtotals, other.allowances, other.sums)


@given(st.lists(taxable_lines, min_size=1, max_size=8), st.data())
def test_allowances_add_up_to_the_discount(lines, data):
    most = totals.compute("RON", lines).sums.net_minor
    discount = data.draw(st.integers(min_value=0, max_value=most))
    computed = totals.compute("RON", lines, discount_minor=discount)
    assert sum(one.amount_minor for one in computed.allowances) == discount == computed.sums.allowance_minor
    assert computed.sums.net_minor == computed.sums.line_net_minor - discount
    assert all(row.net_minor >= 0 for row in computed.subtotals)
