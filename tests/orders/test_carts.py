"""Carts: kept under a token that nobody guesses, priced anew at every look."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from praho.catalogue.errors import NotForSale
from praho.catalogue.services import plans, selling
from praho.catalogue.types import CycleAmounts
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import in_locale
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.money import Money
from praho.models.catalogue import BillingCycle
from praho.models.orders import Cart, CartItem
from praho.orders.services import carts
from tests.factories import customers, orders

MONTHLY, ANNUAL, BIENNIAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL, BillingCycle.BIENNIAL


def test_a_cart_holds_plans_and_domains_at_todays_prices(shop):
    token = orders.fill_cart([(shop.product, ANNUAL, "Exemplu.ro")], [("exemplu.ro", 2)])
    view = carts.view(token)
    assert [(line.title, line.detail, line.domain_name, line.price.minor, line.setup.minor) for line in view.lines] == [
        ("Domeniul exemplu.ro", "înregistrare pentru 2 ani", "exemplu.ro", 9500, 0),
        ("Start", "1 an", "exemplu.ro", 12_000, 2500),
    ]
    totals = view.totals
    assert (totals.net.minor, totals.vat.minor, totals.total.minor) == (24_000, 5040, 29_040)
    assert view.orderable
    assert view.domain_names == ("exemplu.ro",)
    assert carts.count(token) == 2


def test_a_cart_speaks_the_readers_language(shop):
    token = orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")])
    with in_locale("en"):
        line = carts.view(token).lines[0]
    assert (line.title, line.detail) == ("Starter", "1 year")


@pytest.mark.parametrize("token", [None, "", "guessed"])
def test_no_cart_is_an_empty_one(shop, token):
    assert carts.view(token).lines == ()
    assert not carts.view(token).orderable
    assert carts.count(token) == 0
    assert carts.domain_names_in(token) == []


def test_the_token_itself_is_not_kept(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(Cart)).one().token_hash != token


def test_an_unknown_token_gets_a_cart_of_its_own(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)], token="guessed")
    assert token != "guessed"


def test_the_same_domain_is_there_once_and_takes_the_newest_years(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    carts.add_domain(token, "EXEMPLU.ro", 2)
    assert [line.years for line in carts.view(token).lines] == [2]


def test_a_domain_comes_with_the_plan_that_it_was_searched_for(shop):
    token = carts.add_domain(None, "exemplu.ro", None, for_plan=("start", ANNUAL))
    assert carts.add_domain(token, "exemplu.ro", None, for_plan=("start", ANNUAL)) == token
    assert [(line.kind, line.domain_name, line.years) for line in carts.view(token).lines] == [
        ("domain", "exemplu.ro", 1), ("hosting", "exemplu.ro", None),
    ]  # fmt: skip


@pytest.mark.parametrize("years", [0, 3, -1, 11])
def test_years_that_are_not_sold_do_not_get_in(shop, years):
    with pytest.raises(NotForSale):
        carts.add_domain(None, "exemplu.ro", years)


def test_what_is_not_sold_does_not_get_in(shop):
    with pytest.raises(NotForSale):
        carts.add_plan(None, "nothing", ANNUAL, "exemplu.ro")
    with pytest.raises(NotForSale):
        carts.add_plan(None, "start", BIENNIAL, "exemplu.ro")
    with pytest.raises(InvalidDomainName):
        carts.add_domain(None, "exemplu.xyz", 1)
    for name in ("", "fara-punct", "a b.ro"):
        with pytest.raises(InvalidDomainName):
            carts.add_plan(None, "start", ANNUAL, name)
    with entered(SystemScope("test")) as session:
        assert session.scalar(select(func.count()).select_from(Cart)) == 0


def test_periods_change_to_what_is_sold(shop):
    token = orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])
    name, plan = carts.view(token).lines
    assert [value for value, _price in name.periods] == ["1", "2"]
    assert [value for value, _price in plan.periods] == ["monthly", "annual"]
    carts.change(token, name.public_id, years=2)
    carts.change(token, plan.public_id, cycle=MONTHLY)
    assert [line.period for line in carts.view(token).lines] == ["2", "monthly"]
    for refused in ({"years": 3}, {"cycle": MONTHLY}, {}):
        with pytest.raises((NotForSale, Invalid)):
            carts.change(token, name.public_id, **refused)
    with pytest.raises(NotForSale):
        carts.change(token, plan.public_id, cycle=BIENNIAL)


def test_somebody_elses_items_are_not_there(shop):
    mine, theirs = orders.fill_cart(names=[("mine.ro", 1)]), orders.fill_cart(names=[("theirs.ro", 1)])
    item = carts.view(theirs).lines[0]
    with pytest.raises(NotFound):
        carts.change(mine, item.public_id, years=2)
    carts.remove(mine, item.public_id)
    assert carts.count(theirs) == 1


def test_removing_twice_is_no_error(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    item = carts.view(token).lines[0]
    for _time in range(2):
        carts.remove(token, item.public_id)
    assert carts.count(token) == 0


def test_what_went_off_sale_says_so_and_costs_nothing(shop):
    token = orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])
    with entered(SystemScope("test")):
        selling.retire_plan(shop.product.public_id)
    view = carts.view(token)
    assert [line.problem is None for line in view.lines] == [True, False]
    assert not view.orderable
    assert view.totals.net == Money(5000, "RON")
    carts.remove(token, view.lines[1].public_id)
    assert carts.view(token).orderable


def test_a_period_that_is_no_longer_sold_can_be_changed(shop):
    token = orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")])
    with entered(SystemScope("test")):
        plans.set_prices(shop.product.public_id, {MONTHLY: CycleAmounts(1500)})
    line = carts.view(token).lines[0]
    assert line.problem is not None
    carts.change(token, line.public_id, cycle=BillingCycle(line.periods[0][0]))
    assert carts.view(token).orderable


def test_a_cart_has_an_end(shop, monkeypatch):
    monkeypatch.setattr(carts, "MOST_ITEMS", 2)
    token = orders.fill_cart(names=[("a1.ro", 1), ("a2.ro", 1)])
    with pytest.raises(Invalid):
        carts.add_domain(token, "a3.ro", 1)
    with pytest.raises(Invalid):
        carts.add_domain(token, "a1.ro", 1, for_plan=("start", ANNUAL))
    assert carts.count(token) == 2


def test_an_ordered_cart_is_over(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    orders.place(customers.make_customer(), token)
    assert carts.count(token) == 0
    assert orders.fill_cart(names=[("altul.ro", 1)], token=token) != token


def test_a_look_costs_the_same_for_more_items(shop, count_queries):
    counts, token = [], None
    for round_ in range(2):
        names = [(f"nume{round_}x{number}.ro", 1) for number in range(10)]
        token = orders.fill_cart([(shop.product, ANNUAL, name) for name, _years in names], names, token)
        with count_queries() as counted:
            carts.view(token)
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 7


def test_carts_that_nobody_comes_back_to_are_deleted(shop, move_clock, monkeypatch):
    monkeypatch.setattr(carts, "_BATCH", 2)
    kept = orders.fill_cart(names=[("kept.ro", 1)])
    for number in range(5):
        orders.fill_cart(names=[(f"old{number}.ro", 1)])
    ordered = orders.fill_cart(names=[("ordered.ro", 1)])
    orders.place(shop.customer, ordered)
    move_clock(clock.now() + timedelta(days=20))
    carts.change(kept, carts.view(kept).lines[0].public_id, years=2)
    move_clock(clock.now() + timedelta(days=11))
    with entered(SystemScope("test")) as session:
        assert carts.prune() == 6
        assert session.scalar(select(func.count()).select_from(CartItem)) == 1
    assert carts.count(kept) == 1
