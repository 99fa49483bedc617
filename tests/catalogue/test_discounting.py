"""What discounts take off, as numbers: each kind, what it is for, which one holds, and what later periods cost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.catalogue.services.discounting import Rule, Sold, Source, percent_of, settle
from praho.models.catalogue import DiscountKind, DiscountTarget

PLANS, DOMAINS = DiscountTarget.PLANS, DiscountTarget.DOMAINS
PLAN = Sold(PLANS, 12_000, 2500, product_id=1, cycle="annual")
DOMAIN = Sold(DOMAINS, 5000, tld="ro")


def code(kind=DiscountKind.PERCENT, percent=None, amount=None, **values):
    percent = Decimal(percent) if percent is not None else None
    return Rule(Source.CODE, kind, "Code", percent=percent, amount_minor=amount, **values)


def standing(percent, target=PLANS):
    return Rule(Source.STANDING, DiscountKind.PERCENT, "Standing", percent=Decimal(percent), target=target)


def off(items, rule=None, regular=None):
    return [(cut.price_minor, cut.setup_minor) for cut in settle(items, "RON", rule, regular).cuts]


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [
        pytest.param(995, "10", 100, id="D14"),
        pytest.param(1, "50", 1, id="half-a-ban"),
        pytest.param(1, "49.99", 0, id="less-than-half"),
        pytest.param(12_345, "100", 12_345, id="all"),
        pytest.param(0, "33.33", 0, id="nothing"),
    ],
)
def test_a_percentage_is_rounded_once_half_up(amount, percent, expected):
    assert percent_of(amount, Decimal(percent)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(code(percent="10"), [(1200, 0), (500, 0)], id="percent-without-setup"),
        pytest.param(code(percent="100"), [(12_000, 0), (5000, 0)], id="all-of-it"),
        pytest.param(code(DiscountKind.FIXED, amount=1700), [(1200, 0), (500, 0)], id="fixed-is-shared-out"),
        pytest.param(code(DiscountKind.FIXED, amount=99_999), [(12_000, 0), (5000, 0)], id="fixed-above-the-prices"),
        pytest.param(code(DiscountKind.FREE_SETUP), [(0, 2500), (0, 0)], id="free-setup"),
        pytest.param(code(DiscountKind.PRICE, amount=4900), [(7100, 0), (100, 0)], id="price"),
        pytest.param(code(DiscountKind.PRICE, amount=9000), [(3000, 0), (0, 0)], id="price-above-the-list"),
        pytest.param(code(DiscountKind.PRICE, amount=0), [(12_000, 0), (5000, 0)], id="price-of-nothing"),
        pytest.param(code(percent="10", target=PLANS), [(1200, 0), (0, 0)], id="plans-only"),
        pytest.param(code(percent="10", target=DOMAINS), [(0, 0), (500, 0)], id="domains-only"),
        pytest.param(code(percent="10", product_ids=frozenset({2})), [(0, 0), (500, 0)], id="other-plan"),
        pytest.param(code(percent="10", cycles=frozenset({"monthly"})), [(0, 0), (500, 0)], id="other-period"),
        pytest.param(code(percent="10", tlds=frozenset({"com"})), [(1200, 0), (0, 0)], id="other-ending"),
        pytest.param(code(DiscountKind.FIXED, amount=100, target=DOMAINS), [(0, 0), (100, 0)], id="fixed-on-some"),
        pytest.param(None, [(0, 0), (0, 0)], id="none"),
    ],
)
def test_each_kind_on_a_plan_and_a_domain(rule, expected):
    assert off([PLAN, DOMAIN], rule) == expected


def test_the_better_of_code_and_standing_holds_alone():
    both = [PLAN, DOMAIN]
    assert settle(both, "RON", code(percent="5"), standing("20")).source is Source.STANDING
    assert settle(both, "RON", code(percent="50"), standing("20")).source is Source.CODE
    assert settle([PLAN], "RON", code(percent="20"), standing("20")).source is Source.STANDING
    assert settle([DOMAIN], "RON", None, standing("20")).source is None
    # Together they are never worth more than the better one.
    assert off(both, code(percent="50"), standing("20")) == off(both, code(percent="50"))


def test_staffs_word_on_an_item_stands_alone():
    by_hand = replace(PLAN, manual_minor=13_000)
    settled = settle([by_hand, DOMAIN], "RON", code(percent="10"), standing("20"))
    assert [(cut.price_minor, cut.setup_minor, cut.source) for cut in settled.cuts] == [
        (12_000, 1000, Source.STAFF), (500, 0, Source.CODE),
    ]  # fmt: skip
    assert off([replace(PLAN, manual_minor=0)], code(percent="10")) == [(0, 0)]
    assert off([replace(PLAN, manual_minor=10**9)]) == [(12_000, 2500)]


@pytest.mark.parametrize(
    ("rule", "regular", "kept", "following"),
    [
        pytest.param(code(percent="10", first_cycles=1), None, (0, 0), 0, id="this-once"),
        pytest.param(code(percent="10", first_cycles=3), None, (1200, 2), 1200, id="two-more"),
        pytest.param(code(percent="10"), None, (1200, None), 1200, id="for-ever"),
        pytest.param(code(DiscountKind.PRICE, amount=4900), None, (7100, None), 7100, id="price-for-ever"),
        pytest.param(code(DiscountKind.FREE_SETUP), None, (0, 0), 0, id="a-setup-is-once"),
        pytest.param(None, standing("20"), (0, 0), 2400, id="standing-is-looked-up-anew"),
        pytest.param(code(percent="50", first_cycles=1), standing("20"), (0, 0), 2400, id="then-standing"),
        pytest.param(code(percent="50"), standing("20"), (6000, None), 6000, id="never-both"),
    ],
)
def test_what_the_next_periods_cost_is_remembered(rule, regular, kept, following):
    cut = settle([PLAN], "RON", rule, regular).cuts[0]
    assert ((cut.kept_minor, cut.kept_cycles), cut.next_minor) == (kept, following)


def test_a_domain_and_a_line_by_hand_promise_nothing():
    domain, by_hand = settle([DOMAIN, replace(PLAN, manual_minor=100)], "RON", code(percent="10")).cuts
    assert (domain.kept_minor, by_hand.kept_minor, by_hand.next_minor) == (0, 0, 0)


ITEMS = st.lists(
    st.builds(
        Sold,
        target=st.sampled_from([PLANS, DOMAINS]),
        price_minor=st.integers(0, 10**7),
        setup_minor=st.integers(0, 10**5),
        product_id=st.integers(1, 3),
        cycle=st.sampled_from(["monthly", "annual"]),
        tld=st.sampled_from(["ro", "eu"]),
        manual_minor=st.none() | st.integers(0, 10**7),
    ),
    max_size=12,
)
PERCENTS = st.decimals("0.01", 100, places=2).map(str)
CODES = st.one_of(
    PERCENTS.map(lambda percent: code(percent=percent)),
    st.integers(1, 10**8).map(lambda amount: code(DiscountKind.FIXED, amount=amount, product_ids=frozenset({1}))),
    st.integers(0, 10**6).map(lambda amount: code(DiscountKind.PRICE, amount=amount, target=PLANS)),
    st.just(code(DiscountKind.FREE_SETUP)),
)


@given(items=ITEMS, rule=st.none() | CODES, regular=st.none() | PERCENTS.map(standing))
def test_nothing_is_cut_below_zero_nor_beyond_the_one_rule(items, rule, regular):
    settled = settle(items, "RON", rule, regular)
    for item, cut in zip(items, settled.cuts, strict=True):
        assert 0 <= cut.price_minor <= item.price_minor
        assert 0 <= cut.setup_minor <= item.setup_minor
        assert 0 <= cut.kept_minor <= cut.next_minor <= item.price_minor
    automatic = sum(cut.total_minor for cut in settled.cuts if cut.source is not Source.STAFF)
    alone = [settle(items, "RON", rule).cuts, settle(items, "RON", None, regular).cuts]
    assert automatic == max(sum(cut.total_minor for cut in cuts if cut.source is not Source.STAFF) for cuts in alone)
    if rule is not None and rule.kind is DiscountKind.FIXED:
        assert settle(items, "RON", rule).total_minor <= rule.amount_minor + sum(i.manual_minor or 0 for i in items)
