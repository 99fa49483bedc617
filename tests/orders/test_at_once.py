"""Several hands at once: one order of a cart, one of cancelling and paying, whoever comes first."""

import secrets

import pytest
from sqlalchemy import select

from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Conflict
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import PaymentMethod
from praho.models.catalogue import BillingCycle
from praho.models.orders import OrderState
from praho.orders.errors import AlreadyOrdered, NotCancellable
from praho.orders.services import carts, delivering, ending, placing
from tests.factories import customers, orders
from tests.threads import all_at_once, other_threads, wait_until_blocked

ROUNDS = 6


def ordering(customer, cart, form):
    def act():
        try:
            return placing.place(placing.Wish(cart, "ro"), customer.id, orders.ACCEPTED, form_token=form)
        except Conflict as refusal:
            return type(refusal)

    return act


@pytest.fixture
def cart(live_shop):
    return orders.fill_cart([(live_shop.product, BillingCycle.ANNUAL, "exemplu.ro")], [("exemplu.ro", 1)])


def proforma_of(public_id):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Document).where(Document.id == orders.order(public_id).proforma_id)).one()


def test_one_form_sent_many_times_is_one_order(live_shop, cart):
    results = all_at_once([ordering(live_shop.customer, cart, "the form")] * 8)
    assert len(set(results)) == 1
    assert [order.public_id for order in orders.orders()] == [results[0]]


def test_two_checkouts_of_one_cart_are_one_order(live_shop, cart):
    """In two tabs, even for two customers."""
    other = customers.make_customer()
    buyers = [live_shop.customer, other] * 4
    results = all_at_once([ordering(buyer, cart, secrets.token_hex(8)) for buyer in buyers])
    placed = [result for result in results if result is not AlreadyOrdered]
    assert len(placed) == 1
    assert [order.public_id for order in orders.orders()] == placed
    with entered(SystemScope("test")) as session:
        assert len(session.scalars(select(Document)).all()) == 1


def test_what_is_added_while_a_cart_is_ordered_is_not_lost(live_db, live_shop, cart):
    """It is in the order, or in a cart of its own; never in one that nobody looks into any more."""
    with other_threads(2) as start:
        futures = [
            start(ordering(live_shop.customer, cart, "the form")),
            start(lambda: carts.add_domain(cart, "adaugat.ro", 1)),
        ]
        public_id, token = (future.result(20) for future in futures)
    ordered = {item.domain_name for item in orders.items(public_id)}
    kept = set(carts.domain_names_in(token))
    assert ("adaugat.ro" in ordered) != ("adaugat.ro" in kept)


def test_who_adds_to_a_cart_that_is_being_ordered_waits_and_gets_a_new_one(live_db, live_shop, cart, monkeypatch):
    asked = placing._ask_for_money

    def ask_with_company(*what):
        added.append(start(lambda: carts.add_domain(cart, "adaugat.ro", 1)))
        wait_until_blocked(live_db)
        asked(*what)

    added = []
    monkeypatch.setattr(placing, "_ask_for_money", ask_with_company)
    with other_threads() as start:
        orders.place(live_shop.customer, cart)
    token = added[0].result(20)
    assert token != cart
    assert carts.domain_names_in(token) == ["adaugat.ro"]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_cancelling_and_paying_meet(live_shop, cart, number):
    """The money arrives by webhook while the customer cancels: paid and delivered, or cancelled and parked."""
    public_id = orders.place(live_shop.customer, cart)
    proforma = proforma_of(public_id)

    def pay():
        with entered(SystemScope("webhook")):
            receipt = settlement.Receipt(
                proforma.public_id,
                PaymentMethod.BANK_TRANSFER,
                proforma.total_minor,
                "RON",
                clock.today(),
                f"OP {number}",
            )
            return settlement.settle(receipt).outcome

    def cancel():
        try:
            with entered(SystemScope("cancel")):
                ending.cancel(public_id, "changed my mind")
        except NotCancellable:
            return False
        return True

    actions = [pay, cancel] if number % 2 else [cancel, pay]
    results = dict(zip([action.__name__ for action in actions], all_at_once(actions), strict=True))
    with entered(SystemScope("job")):
        delivering.begin(public_id)
        ending.end_with_proforma(public_id)
    order, document = orders.order(public_id), proforma_of(public_id)
    if results["cancel"]:
        assert results["pay"] is settlement.Outcome.PARKED
        assert (order.state, document.state) == (OrderState.CANCELLED, DocumentState.CANCELLED)
    else:
        assert results["pay"] is settlement.Outcome.SETTLED
        assert (order.state, document.state) == (OrderState.IN_PROGRESS, DocumentState.PAID)


def test_delivering_at_once_makes_one(live_shop, cart):
    public_id = orders.place(live_shop.customer, cart)

    def begin_and_deliver():
        with entered(SystemScope("job")):
            delivering.begin(public_id)
            for item in orders.items(public_id):
                delivering.deliver(item.public_id)

    all_at_once([begin_and_deliver] * 5)
    with entered(SystemScope("test")) as session:
        made = delivering.outcomes.of_items(orders.items(public_id))
        assert len(made) == 2
        assert session.connection().exec_driver_sql("SELECT count(*) FROM domains_domain").scalar_one() == 1
        assert session.connection().exec_driver_sql("SELECT count(*) FROM provisioning_service").scalar_one() == 1
