"""Discounts through the life of an order: what it keeps, what is given back, and what costs nothing at all."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from praho.audit.services import reading as record
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Invalid
from praho.core.jobs.table import Job
from praho.core.money import Money
from praho.models.billing.documents import Document, DocumentKind
from praho.models.catalogue import BillingCycle, RedemptionState
from praho.models.orders import OrderState
from praho.models.provisioning import Service
from praho.orders.errors import PriceChanged
from praho.orders.events import BEGIN_DELIVERY
from praho.orders.services import carts, delivering, ending, reducing
from tests.factories import billing, customers, orders
from tests.factories.discounts import give_standing, make_code, make_group, redemptions

ANNUAL, MONTHLY = BillingCycle.ANNUAL, BillingCycle.MONTHLY


@pytest.fixture
def cart(shop):
    """A plan of 120 RON a year with a setup of 25, and its domain of 50."""
    return orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])


def with_code(cart, code="VARA20"):
    reducing.set_code(cart, code)
    return cart


def states():
    return [row.state for row in redemptions()]


def test_a_code_is_in_the_order_its_items_and_its_proforma(shop, cart):
    make_code(first_cycles=3)
    order = orders.order(orders.place(shop.customer, with_code(cart)))
    domain, plan = orders.items(order.public_id)
    assert (plan.price_minor, plan.setup_minor, plan.discount_minor, plan.net_minor) == (12_000, 2500, 2400, 12_100)
    assert (plan.renewal_discount_minor, plan.renewal_discount_cycles) == (2400, 2)
    assert (domain.discount_minor, domain.net_minor, domain.renewal_discount_minor) == (1000, 4000, 0)
    assert (order.promo_code, order.net_minor) == ("VARA20", 16_100)
    with entered(SystemScope("test")) as session:
        proforma = session.get(Document, order.proforma_id)
        lines = [(line["net_minor"], line["discount_minor"], line["details"]) for line in proforma.snapshot["lines"]]
        (event,) = record.history(shop.customer.id, None, 1, ("order",))
    assert lines == [(4000, 1000, plan.discount_label), (9600, 2400, plan.discount_label), (2500, 0, "")]
    assert event.changes["promo_code"] == [None, "VARA20"]
    assert event.changes["discount_minor"] == [None, 3400]
    assert [(row.order_ref, row.discount_minor, row.state) for row in redemptions()] == [
        (order.public_id, 3400, RedemptionState.RESERVED),
    ]  # fmt: skip


def test_the_service_remembers_what_its_renewals_cost(shop, cart):
    make_code(first_cycles=None)
    order = orders.place(shop.customer, with_code(cart))
    with entered(SystemScope("test")):
        delivering.begin(order)
        delivering.deliver(orders.items(order)[1].public_id)
    with entered(SystemScope("test")) as session:
        service = session.scalars(select(Service)).one()
    assert (service.price_minor, service.renewal_discount_minor, service.renewal_discount_cycles) == (
        12_000,
        2400,
        None,
    )


@pytest.mark.parametrize(("own", "code", "net"), [(None, None, 18_300), (None, 20, 16_100), (30, 20, 15_900)])
def test_the_better_of_standing_discount_and_code_holds(shop, cart, own, code, net):
    """The group takes ten per cent off the plan, the code twenty off everything, the own discount thirty."""
    give_standing(shop.customer, own, make_group(10) if own is None else "")
    if code is not None:
        make_code()
        with_code(cart)
    view = carts.view(cart, customer_id=shop.customer.id)
    order = orders.order(orders.place(shop.customer, cart, seen_total_minor=view.total.minor))
    assert order.net_minor == net
    holds = code is not None and own is None
    assert (order.promo_code, len(redemptions())) == (("VARA20", 1) if holds else (None, 0))
    if code is not None:
        assert view.code.holds == holds


def test_c26_what_costs_nothing_asks_for_no_payment_and_begins_once(shop):
    """No fiscal number is taken for nothing, and the order goes live at once."""
    make_code(percent=Decimal(100))
    cart = with_code(orders.fill_cart([(shop.product, MONTHLY, "exemplu.ro")]))
    order = orders.place(shop.customer, cart)
    assert (orders.order(order).total_minor, orders.order(order).proforma_id) == (0, None)
    assert billing.documents(DocumentKind.PROFORMA) == billing.documents(DocumentKind.INVOICE) == []
    with entered(SystemScope("test")) as session:
        begun = session.scalars(select(Job.key).where(Job.kind == BEGIN_DELIVERY.name)).all()
    assert len(begun) == 1
    for _each in range(2):
        with entered(SystemScope("test")):
            delivering.begin(order)
    assert (orders.order(order).state, states()) == (OrderState.IN_PROGRESS, [RedemptionState.USED])


def test_a_paid_order_has_used_its_code(shop, cart):
    make_code()
    order = orders.place(shop.customer, with_code(cart))
    with entered(SystemScope("test")):
        delivering.begin(order)
    assert states() == [RedemptionState.USED]


@pytest.mark.parametrize("how", ["cancelled", "lapsed"])
def test_an_order_that_ends_unpaid_gives_its_use_back(shop, cart, how, move_clock):
    make_code(max_uses=1)
    order = orders.place(shop.customer, with_code(cart))
    with entered(SystemScope("test")):
        if how == "cancelled":
            ending.cancel(order, "nobody wants it")
        else:
            move_clock((clock.now() + timedelta(days=90)).isoformat())
            ending.lapse_unpaid()
    assert (orders.order(order).state.value, states()) == (how, [RedemptionState.RELEASED])
    again = orders.fill_cart([(shop.product, ANNUAL, "altul.ro")])
    assert orders.order(orders.place(shop.customer, with_code(again))).promo_code == "VARA20"


def test_an_order_of_which_nothing_was_delivered_gives_its_use_back(shop):
    make_code()
    order = orders.place(shop.customer, with_code(orders.fill_cart(names=[("exemplu.ro", 1)])))
    item = orders.items(order)[0].public_id
    with entered(SystemScope("test")):
        delivering.begin(order)
        delivering._refuse(item, "refused")
        delivering.give_up(item, "the registry will not")
    assert (orders.order(order).state, states()) == (OrderState.CANCELLED, [RedemptionState.RELEASED])


def test_a_code_that_ended_meanwhile_is_said_before_anything_is_ordered(shop, cart, move_clock):
    make_code(valid_until=date(2026, 12, 31))
    move_clock("2026-12-31T21:00:00+00:00")
    seen = carts.view(with_code(cart), customer_id=shop.customer.id).total.minor
    move_clock("2026-12-31T22:01:00+00:00")
    with pytest.raises(PriceChanged, match="VARA20"):
        orders.place(shop.customer, cart, seen_total_minor=seen)
    assert orders.orders() == redemptions() == []
    view = carts.view(cart, customer_id=shop.customer.id)
    assert (view.code.holds, view.discount.minor, view.totals.net.minor) == (False, 0, 19_500)
    order = orders.order(orders.place(shop.customer, cart, seen_total_minor=view.total.minor))
    assert (order.promo_code, order.net_minor) == (None, 19_500)


def test_a_code_for_new_customers_is_for_the_first_order(shop, cart):
    make_code(new_customers_only=True, once_per_customer=False)
    assert orders.order(orders.place(shop.customer, with_code(cart))).promo_code == "VARA20"
    again = orders.fill_cart([(shop.product, ANNUAL, "altul.ro")])
    with pytest.raises(Invalid) as caught:
        reducing.set_code(again, "VARA20", shop.customer.id)
    assert list(caught.value.fields) == ["promo_code"]
    # Who did not say who they are until the checkout learns it there.
    view = carts.view(with_code(again), customer_id=shop.customer.id)
    assert not view.code.holds
    assert orders.order(orders.place(shop.customer, again)).promo_code is None
    assert orders.order(orders.place(customers.make_customer(), refilled(shop))).promo_code == "VARA20"


def refilled(shop):
    return with_code(orders.fill_cart([(shop.product, ANNUAL, "treilea.ro")]))


def test_staffs_discounts_by_hand_stay_with_the_order_and_its_documents(shop, cart):
    make_code()
    plan = next(line.public_id for line in carts.view(with_code(cart)).lines if line.kind == "hosting")
    with pytest.raises(Invalid) as caught:
        reducing.set_by_staff(cart, {plan: 1000}, 0, " ")
    assert list(caught.value.fields) == ["reason"]
    reducing.set_by_staff(cart, {plan: 13_000}, 500, "Client vechi.")
    order = orders.order(orders.place(shop.customer, cart, by_staff=True))
    domain, plan = orders.items(order.public_id)
    assert (plan.discount_minor, plan.net_minor, domain.net_minor) == (13_000, 1500, 4000)
    assert (order.allowance_minor, order.net_minor, order.discount_reason) == (500, 5000, "Client vechi.")
    with entered(SystemScope("test")) as session:
        proforma = session.get(Document, order.proforma_id)
    assert (proforma.allowance_minor, proforma.net_minor, proforma.vat_minor) == (500, 5000, 1050)
    assert [row["amount_minor"] for row in proforma.snapshot["allowances"]] == [500]


def test_an_amount_by_hand_is_no_amount_in_another_currency(shop, cart):
    billing.sell_in_euro()
    plan = carts.view(cart).lines[1].public_id
    reducing.set_by_staff(cart, {plan: 1000}, 500, "Client vechi.")
    assert carts.view(cart).discount == Money(1500, "RON")
    carts.switch(cart, "EUR")
    assert carts.view(cart).discount == Money(0, "EUR")


def test_an_allowance_is_never_more_than_what_is_left(shop, cart):
    reducing.set_by_staff(cart, {}, 10_000, "Client vechi.")
    domain = carts.view(cart).lines[0].public_id
    carts.remove(cart, carts.view(cart).lines[1].public_id)
    assert carts.view(cart).totals.total.minor == 0
    carts.remove(cart, domain)
    assert carts.view(cart).lines == ()
