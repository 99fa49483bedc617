"""One sum everywhere: what the cart shows, the order keeps and the proforma asks for, over any basket."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from praho.billing.tax.types import Rule, TaxDecision
from praho.billing.types import TaxCategory
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import Document
from praho.models.catalogue import BillingCycle
from praho.orders.services import carts, quoting
from tests.factories import catalogue, orders

ITEMS = st.one_of(
    st.tuples(st.just("plan"), st.integers(0, 4)),
    st.tuples(st.just("domain"), st.integers(1, 3)),
)
# Prices at which sums of roundings and roundings of sums part.
PLANS = [(1, 0), (1337, 1), (9999, 333), (0, 2499), (123_457, 0)]
YEARS = {1: 4999, 2: 9951, 3: 7}


@pytest.fixture
def basket(shop):
    products = [
        catalogue.make_plan(shop.provisioner, {BillingCycle.ANNUAL: price}, slug=f"p{number}")
        for number, price in enumerate(PLANS)
    ]
    catalogue.make_priced_tld("eu", shop.registrar, YEARS)
    return products


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(ITEMS, min_size=1, max_size=8))
def test_cart_order_and_proforma_agree(shop, basket, chosen):
    token = None
    for number, (kind, which) in enumerate(chosen):
        if kind == "plan":
            token = carts.add_plan(token, f"p{which}", BillingCycle.ANNUAL, f"n{number}.ro")
        else:
            token = carts.add_domain(token, f"n{number}.eu", which)
    totals = carts.view(token).totals
    expected = sum(sum(PLANS[which]) if kind == "plan" else YEARS[which] for kind, which in chosen)
    order = orders.order(orders.place(shop.customer, token, seen_total_minor=totals.total.minor))
    assert totals.net.minor == expected == order.net_minor
    assert (totals.vat.minor, totals.total.minor) == (order.vat_minor, order.total_minor)
    assert sum(item.net_minor for item in orders.items(order.public_id)) == order.net_minor
    if order.total_minor == 0:
        assert order.proforma_id is None
        return
    with entered(SystemScope("test")) as session:
        proforma = session.scalars(select(Document).where(Document.id == order.proforma_id)).one()
    assert (proforma.net_minor, proforma.vat_minor, proforma.total_minor) == (
        order.net_minor, order.vat_minor, order.total_minor,
    )  # fmt: skip


@given(minor=st.integers(0, 10**9))
def test_a_price_with_vat_is_rounded_once_half_up(minor):
    vat = quoting.Vat(TaxDecision(TaxCategory.STANDARD, Decimal(21), Rule.HOME, "RO", "RO", date(2026, 11, 22)))
    assert vat.gross(Money(minor, "RON")).minor == minor + (minor * 21 + 50) // 100


@pytest.mark.parametrize(
    ("instant", "rate", "total"),
    [("2025-07-31T20:59:00+00:00", 19, 5950), ("2025-07-31T21:01:00+00:00", 21, 6050)],
)
def test_the_vat_is_that_of_the_day_in_bucharest(shop, move_clock, instant, rate, total):
    move_clock(instant)
    view = carts.view(orders.fill_cart(names=[("exemplu.ro", 1)]))
    assert (view.totals.rate, view.total.minor) == (rate, total)
