"""Selling in lei and in euro: a cart has one currency, and none is sold in without an exchange rate (E8, E9, A32)."""

from datetime import timedelta

import pytest

from praho.billing.documents import snapshot_json
from praho.billing.payments.services import missing_invoices
from praho.catalogue.errors import NotForSale
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Invalid
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.catalogue import BillingCycle
from praho.orders.errors import CurrencyOnHold
from praho.orders.services import carts, currencies
from tests.factories import billing, catalogue, orders

ANNUAL = BillingCycle.ANNUAL


@pytest.fixture
def euro_shop(shop):
    catalogue.price_in_euro(shop.product, {ANNUAL: (2_490, 500)})
    billing.sell_in_euro()
    return shop


@pytest.fixture
def cart(euro_shop):
    return carts.switch(orders.fill_cart([(euro_shop.product, ANNUAL, "exemplu.ro")]), "EUR")


def test_a_cart_is_priced_in_the_currency_that_was_chosen(cart):
    view = carts.view(cart)
    assert (view.currency, view.lines[0].price.minor, view.lines[0].setup.minor) == ("EUR", 2_490, 500)
    assert [str(part) for part in (view.totals.net, view.totals.vat, view.totals.total)] == [
        "29.90 EUR", "6.28 EUR", "36.18 EUR",
    ]  # fmt: skip
    assert view.orderable


def test_a_switch_says_what_is_not_sold_in_the_other_currency(euro_shop):
    token = orders.fill_cart([(euro_shop.product, ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])
    carts.switch(token, "EUR")
    problems = [(line.kind.value, line.problem is not None) for line in carts.view(token).lines]
    assert problems == [("domain", True), ("hosting", False)]
    assert not carts.view(token).orderable
    carts.switch(token, "RON")
    assert carts.view(token).orderable


@pytest.mark.parametrize("currency", ["EUR", "USD", "LEI", "", "eur"])
def test_what_is_not_sold_in_cannot_be_chosen(shop, currency):
    with pytest.raises(Invalid):
        carts.switch(orders.fill_cart(names=[("exemplu.ro", 1)]), currency)


def test_what_is_added_at_a_price_in_euro_takes_the_cart_along(euro_shop):
    token = orders.fill_cart([(euro_shop.product, ANNUAL, "unu.ro")])
    carts.add_plan(token, "start", ANNUAL, "doi.ro", currency="EUR")
    assert {line.price.currency for line in carts.view(token).lines} == {"EUR"}
    with pytest.raises(NotForSale):
        carts.add_plan(token, "start", BillingCycle.MONTHLY, "trei.ro", currency="EUR")


def test_order_proforma_and_invoice_are_in_euro_with_the_vat_in_lei(euro_shop, cart):
    order = orders.order(orders.place(euro_shop.customer, cart))
    assert (order.currency, order.total_minor) == ("EUR", 3_618)
    [proforma] = billing.documents(DocumentKind.PROFORMA)
    billing.settle(proforma.public_id)
    [invoice] = billing.documents(DocumentKind.INVOICE)
    content = snapshot_json.from_json(invoice.snapshot)
    assert (content.currency, content.totals.total_minor, content.vat_in_lei_minor) == ("EUR", 3_618, 3_191)


def test_e8_a_rate_that_is_too_old_stops_the_checkout_before_anybody_pays(euro_shop, cart, move_clock):
    move_clock(clock.now() + timedelta(days=11))
    view = carts.view(cart)
    assert view.hold is not None
    assert "EUR" in view.hold
    assert not view.orderable
    with pytest.raises(CurrencyOnHold):
        orders.place(euro_shop.customer, cart)
    assert billing.documents(DocumentKind.PROFORMA) == []
    assert "EUR" in (currencies.alarm() or "")
    carts.switch(cart, "RON")
    orders.place(euro_shop.customer, cart)


def test_e8_a_shop_that_has_never_heard_a_rate_sells_in_lei_only(shop):
    catalogue.price_in_euro(shop.product, {ANNUAL: (2_490, 0)})
    billing.set_setting("shop.sells_in_euro", True)
    token = carts.add_plan(None, "start", ANNUAL, "exemplu.ro", currency="EUR")
    assert carts.view(token).hold is not None
    assert currencies.alarm() is not None


def test_e8_what_was_paid_without_a_rate_is_invoiced_by_itself_later(euro_shop, cart, move_clock):
    orders.place(euro_shop.customer, cart)
    [proforma] = billing.documents(DocumentKind.PROFORMA)
    move_clock(clock.now() + timedelta(days=11))
    billing.settle(proforma.public_id)
    held = billing.document(proforma.public_id)
    assert (held.state, held.refusal is not None) == (DocumentState.PAID, True)
    assert billing.documents(DocumentKind.INVOICE) == []
    billing.keep_rate("5.1000", clock.today() - timedelta(days=1))
    with entered(SystemScope("job")):
        missing_invoices.try_again(proforma.public_id)
    [invoice] = billing.documents(DocumentKind.INVOICE)
    exchange = snapshot_json.from_json(invoice.snapshot).exchange
    assert exchange is not None
    assert str(exchange.lei) == "5.1"
    assert billing.document(proforma.public_id).refusal is None


def test_a_shop_that_gave_up_the_euro_says_so_in_the_cart(shop):
    catalogue.price_in_euro(shop.product, {ANNUAL: (2_490, 0)})
    token = carts.add_plan(None, "start", ANNUAL, "exemplu.ro", currency="EUR")
    assert carts.view(token).hold is not None
    assert currencies.alarm() is None


def test_an_account_in_euro_is_missed(shop):
    billing.set_setting("shop.sells_in_euro", True)
    billing.keep_rate("5.0812", clock.today() - timedelta(days=1))
    assert "EUR" in (currencies.alarm() or "")
