"""Placing orders: everything or nothing, once for each form and each cart, at the price that was agreed to."""

import secrets

import pytest
from sqlalchemy import func, select

from praho.billing.errors import InvoicingRefused
from praho.catalogue.services import plans, selling
from praho.catalogue.types import CycleAmounts
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.jobs.table import Job
from praho.core.text import prefix_query
from praho.core.web import form_tokens
from praho.models.audit import AuditEvent
from praho.models.billing.documents import Document, DocumentLine, DocumentState
from praho.models.catalogue import BillingCycle
from praho.models.customers import Customer, CustomerState
from praho.models.orders import Cart, CartState, ItemState, OrderState
from praho.models.settings import Setting
from praho.orders.errors import AlreadyOrdered, EmptyCart, PriceChanged
from praho.orders.services import carts, placing, reading
from praho.orders.services.terms import Acceptance
from tests.factories import catalogue, orders

ANNUAL = BillingCycle.ANNUAL
KINDS = ("orders.begin_delivery",)


@pytest.fixture
def cart(shop):
    return orders.fill_cart([(shop.product, ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])


def place(shop, cart, form="a form", accepted=orders.ACCEPTED, **values):
    wish = placing.Wish(cart, "ro", **values)
    return placing.place(wish, shop.customer.id, accepted, form_token=form)


def rows(model):
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(model).order_by(model.id)))


def count(model):
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_an_order_keeps_what_was_sold_and_how_it_was_agreed(shop, cart):
    public_id = place(shop, cart)
    order = orders.order(public_id)
    assert order.state is OrderState.AWAITING_PAYMENT
    assert (order.terms_version, order.terms_ip, order.terms_note) == ("1", "192.0.2.7", None)
    assert (order.net_minor, order.vat_minor, order.total_minor) == (19_500, 4095, 23_595)
    assert (order.lapses_on - clock.today()).days == 14
    first, second = orders.items(public_id)
    assert (first.description, first.domain_name, first.years) == (
        "Domeniul exemplu.ro, înregistrare pentru 1 an", "exemplu.ro", 1,
    )  # fmt: skip
    assert first.details == {"label": "Domeniul exemplu.ro", "account_id": shop.registrar.id, "remote_plan": None}
    assert (second.description, second.cycle, second.price_minor, second.setup_minor) == (
        "Start, 1 an",
        "annual",
        12_000,
        2500,
    )
    assert second.details == {"label": "Start", "account_id": shop.provisioner.id, "remote_plan": "start"}
    assert {first.state, second.state} == {ItemState.WAITING}


def test_the_proforma_asks_for_it_until_the_order_lapses(shop, cart):
    public_id = place(shop, cart)
    order = orders.order(public_id)
    proforma = next(row for row in rows(Document) if row.id == order.proforma_id)
    assert (proforma.state, proforma.total_minor, proforma.due_date) == (DocumentState.OPEN, 23_595, order.lapses_on)
    assert (proforma.subject_kind, proforma.subject_id) == ("order", public_id)
    first, second = orders.items(public_id)
    assert [(line.net_minor, line.subject_kind, line.subject_id) for line in rows(DocumentLine)] == [
        (5000, "order_item", first.public_id),
        (12_000, "order_item", second.public_id),
        (2500, "order_item", second.public_id),
    ]


def test_an_order_is_one_audit_event(shop, cart):
    public_id = place(shop, cart)
    events = [event for event in rows(AuditEvent) if event.action == "order.placed"]
    assert [(event.subject_id, event.customer_id) for event in events] == [(public_id, shop.customer.id)]
    assert events[0].changes["terms_version"] == [None, "1"]


def test_an_order_speaks_the_buyers_language(shop, cart):
    wish = placing.Wish(cart, "en")
    public_id = placing.place(wish, shop.customer.id, orders.ACCEPTED, form_token="f")
    assert orders.items(public_id)[1].description == "Starter, 1 year"
    assert orders.order(public_id).locale == "en"


def test_a_form_sent_twice_is_one_order(shop, cart):
    assert place(shop, cart) == place(shop, cart)
    assert len(orders.orders()) == 1


def test_a_cart_is_ordered_once(shop, cart):
    place(shop, cart)
    with pytest.raises(AlreadyOrdered):
        place(shop, cart, form="another form")
    assert len(orders.orders()) == 1


def test_a_form_of_another_purpose_orders_nothing(shop, cart):
    with entered(SystemScope("test")), unit_of_work():
        form_tokens.once("spent", "payments.record", lambda: "x")
    for form in ("spent", "", "x" * 61):
        with pytest.raises(Conflict):
            place(shop, cart, form=form)
    assert orders.orders() == []


def test_nothing_cannot_be_ordered(shop, cart):
    for line in carts.view(cart).lines:
        carts.remove(cart, line.public_id)
    for token in (cart, "guessed", ""):
        with pytest.raises(EmptyCart):
            place(shop, token)


def test_terms_must_be_accepted(shop, cart):
    with pytest.raises(Invalid) as error:
        place(shop, cart, accepted=Acceptance("", "192.0.2.7"))
    assert set(error.value.fields) == {"terms"}


def test_a_changed_price_is_shown_before_it_is_asked_for(shop, cart):
    seen = carts.view(cart).total.minor
    with entered(SystemScope("test")):
        plans.set_prices(shop.product.public_id, {ANNUAL: CycleAmounts(12_001, 2500)})
    with pytest.raises(PriceChanged):
        place(shop, cart, seen_total_minor=seen)
    assert orders.orders() == []
    assert carts.view(cart).orderable
    public_id = place(shop, cart, seen_total_minor=carts.view(cart).total.minor)
    assert orders.order(public_id).net_minor == 19_501


@pytest.mark.parametrize("seen", [-1, 0, 23_594, 23_596])
def test_another_total_than_the_shown_one_is_refused(shop, cart, seen):
    with pytest.raises(PriceChanged):
        place(shop, cart, seen_total_minor=seen)


def test_what_went_off_sale_cannot_be_ordered(shop, cart):
    with entered(SystemScope("test")):
        selling.retire_plan(shop.product.public_id)
    with pytest.raises(Invalid):
        place(shop, cart)
    assert rows(Cart)[0].state is CartState.OPEN


def test_unknown_and_closed_customers_order_nothing(shop, cart):
    with pytest.raises(NotFound):
        placing.place(placing.Wish(cart, "ro"), 999_999, orders.ACCEPTED, form_token="f")
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(Customer, shop.customer.id).state = CustomerState.CLOSED
    with pytest.raises(Conflict):
        place(shop, cart)
    assert orders.orders() == []


def test_a_seller_without_a_name_sells_nothing_and_leaves_nothing_behind(shop, cart):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.delete(session.scalars(select(Setting).where(Setting.key == "company.name")).one())
    with pytest.raises(InvoicingRefused):
        place(shop, cart)
    assert (orders.orders(), rows(Document), rows(Cart)[0].state) == ([], [], CartState.OPEN)
    assert [event for event in rows(AuditEvent) if event.action == "order.placed"] == []


def test_what_costs_nothing_needs_no_proforma_and_begins_at_once(shop):
    free = catalogue.make_plan(shop.provisioner, {ANNUAL: (0, 0)})
    public_id = place(shop, orders.fill_cart([(free, ANNUAL, "exemplu.ro")]))
    order = orders.order(public_id)
    assert (order.total_minor, order.proforma_id, rows(Document)) == (0, None, [])
    assert [job.payload for job in rows(Job) if job.kind in KINDS] == [{"order_id": public_id}]


def test_what_costs_something_waits_for_its_money(shop, cart):
    place(shop, cart)
    assert [job for job in rows(Job) if job.kind in KINDS] == []


def test_staff_note_how_the_customer_agreed(shop, cart):
    public_id = place(shop, cart, accepted=Acceptance("1", None, "la telefon"), by_staff=True)
    order = orders.order(public_id)
    assert (order.placed_by_staff, order.terms_note, order.terms_ip) == (True, "la telefon", None)


def test_days_to_pay_are_a_setting(shop, cart):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(Setting(key="orders.pay_within_days", value=3, updated_at=clock.now()))
    assert (orders.order(place(shop, cart)).lapses_on - clock.today()).days == 3


def test_an_order_is_found_by_number_and_domain(shop, cart):
    public_id = place(shop, cart)
    number = orders.order(public_id).number
    with entered(SystemScope("test")):
        for typed in (number.lower(), f"ord {int(number.removeprefix('ORD-'))}", "exemplu", "exemplu.ro"):
            found = reading.found(prefix_query(typed), 5)
            assert [row.public_id for row in found] == [public_id], typed


def test_numbers_follow_each_other(shop):
    numbers = []
    for number in (1, 2, 3):
        cart = orders.fill_cart(names=[(f"nume{number}.ro", 1)])
        numbers.append(orders.order(place(shop, cart, form=secrets.token_hex(8))).number)
    first = int(numbers[0].removeprefix("ORD-"))
    assert numbers == [f"ORD-{first + step:06d}" for step in range(3)]
