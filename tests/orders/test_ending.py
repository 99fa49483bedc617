"""Orders that end unpaid: cancelled, lapsed, or with their proforma; never one whose money is there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.billing.documents.services import proformas
from praho.billing.payments.services import transfers
from praho.core import clock
from praho.core.db.scope import CustomerScope, StaffScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.jobs.table import Job
from praho.models.audit import AuditEvent
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import AttemptState, PaymentAttempt, PaymentAttemptShare, PaymentMethod
from praho.models.orders import ItemState, OrderState
from praho.orders.errors import NotCancellable
from praho.orders.events import END_UNPAID
from praho.orders.services import delivering, ending
from tests.factories import customers, orders, users


@pytest.fixture
def order(shop):
    return orders.make_order(shop.customer, shop.product, ["exemplu.ro"])


def proforma_of(public_id):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Document).where(Document.id == orders.order(public_id).proforma_id)).one()


def cancel(public_id):
    with entered(SystemScope("test")):
        ending.cancel(public_id, "nobody wants it")


def lapse():
    with entered(SystemScope("test")):
        return ending.lapse_unpaid()


def pay(public_id):
    proforma = proforma_of(public_id)
    staff = users.make_staff()
    with entered(StaffScope(staff.id)):
        transfer = transfers.Transfer(proforma.total_minor, "RON", clock.today(), "OP 1", PaymentMethod.BANK_TRANSFER)
        transfers.record(proforma.public_id, transfer, form_token=f"pay {public_id}")


def begin_paying(public_id, account, state=AttemptState.WAITING):
    proforma = proforma_of(public_id)
    with entered(SystemScope("test")), unit_of_work() as session:
        attempt = PaymentAttempt(
            customer_id=proforma.customer_id,
            document_id=proforma.id,
            account_id=account.id,
            amount_minor=proforma.total_minor,
            currency="RON",
            state=state,
            request={},
            created_at=clock.machine_now(),
            ask_at=clock.machine_now(),
        )
        session.add(attempt)
        session.flush()
        session.add(
            PaymentAttemptShare(
                customer_id=proforma.customer_id,
                attempt_id=attempt.id,
                document_id=proforma.id,
                amount_minor=proforma.total_minor,
            )
        )


def events(action):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(AuditEvent).where(AuditEvent.action == action)).all()


def test_an_unpaid_order_is_cancelled_with_its_items_and_its_proforma(order):
    cancel(order)
    assert orders.order(order).state is OrderState.CANCELLED
    assert orders.order(order).ended_at is not None
    assert {item.state for item in orders.items(order)} == {ItemState.CANCELLED}
    assert proforma_of(order).state is DocumentState.CANCELLED
    assert [event.changes["reason"] for event in events("order.cancelled")] == [[None, "nobody wants it"]]


def test_a_member_cancels_the_own_order_and_no_other(shop, order):
    stranger = customers.make_customer()
    with entered(CustomerScope(stranger.id)), pytest.raises(NotFound):
        ending.cancel(order, "not mine")
    assert orders.order(order).state is OrderState.AWAITING_PAYMENT
    with entered(CustomerScope(shop.customer.id)):
        ending.cancel(order, "mine")
    assert orders.order(order).state is OrderState.CANCELLED


def test_what_has_ended_is_not_cancelled_again(order):
    cancel(order)
    with pytest.raises(NotCancellable):
        cancel(order)
    assert len(events("order.cancelled")) == 1


def test_a_paid_order_is_not_cancelled_before_its_delivery_began(order):
    pay(order)
    assert orders.order(order).state is OrderState.AWAITING_PAYMENT
    with pytest.raises(NotCancellable):
        cancel(order)
    with entered(SystemScope("test")):
        delivering.begin(order)
    with pytest.raises(NotCancellable):
        cancel(order)
    assert orders.order(order).state is OrderState.IN_PROGRESS


@pytest.mark.parametrize("state", [AttemptState.CLAIMED, AttemptState.WAITING, AttemptState.UNKNOWN])
def test_an_order_whose_payment_is_under_way_waits(shop, order, move_clock, state):
    begin_paying(order, shop.registrar, state)
    with pytest.raises(NotCancellable):
        cancel(order)
    move_clock(clock.now() + timedelta(days=30))
    assert lapse() == 0


def test_a_declined_payment_is_no_obstacle(shop, order):
    begin_paying(order, shop.registrar, AttemptState.DECLINED)
    cancel(order)
    assert orders.order(order).state is OrderState.CANCELLED


def test_an_order_may_be_paid_through_its_last_day(order, move_clock):
    placed = clock.now()
    for days in range(1, 15):
        move_clock(placed + timedelta(days=days))
        assert lapse() == 0, days
    move_clock(placed + timedelta(days=15))
    assert lapse() == 1
    assert orders.order(order).state is OrderState.LAPSED
    assert proforma_of(order).state is DocumentState.LAPSED
    assert {item.state for item in orders.items(order)} == {ItemState.CANCELLED}
    assert lapse() == 0


def test_an_outage_of_five_days_is_made_up_for(shop, move_clock):
    placed = clock.now()
    made = []
    for day in range(5):
        move_clock(placed + timedelta(days=day))
        made.append(orders.make_order(shop.customer, shop.product))
    pay(made[1])
    move_clock(placed + timedelta(days=20))
    assert lapse() == 4
    assert [orders.order(public_id).state is OrderState.LAPSED for public_id in made] == [True, False, True, True, True]


def test_the_sweep_goes_past_orders_that_wait(shop, move_clock, monkeypatch):
    monkeypatch.setattr(ending, "_BATCH", 2)
    waiting = [orders.make_order(shop.customer, shop.product) for _number in range(3)]
    for public_id in waiting:
        begin_paying(public_id, shop.registrar)
    free = [orders.make_order(shop.customer, shop.product) for _number in range(3)]
    move_clock(clock.now() + timedelta(days=15))
    assert lapse() == 3
    assert {orders.order(public_id).state for public_id in free} == {OrderState.LAPSED}
    assert {orders.order(public_id).state for public_id in waiting} == {OrderState.AWAITING_PAYMENT}


def test_money_that_came_in_time_is_not_lapsed_though_no_job_has_run(order, move_clock):
    pay(order)
    move_clock(clock.now() + timedelta(days=15))
    assert lapse() == 0
    with entered(SystemScope("test")):
        delivering.begin(order)
    assert orders.order(order).state is OrderState.IN_PROGRESS


def test_a_proforma_that_staff_cancel_ends_its_order_by_a_job(order):
    with entered(SystemScope("test")):
        proformas.cancel(proforma_of(order).public_id, "a mistake")
    assert orders.order(order).state is OrderState.AWAITING_PAYMENT
    with entered(SystemScope("test")) as session:
        jobs = session.scalars(select(Job).where(Job.kind == END_UNPAID.name)).all()
        assert [job.payload for job in jobs] == [{"order_id": order}]
        for _time in range(2):
            ending.end_with_proforma(order)
    assert orders.order(order).state is OrderState.CANCELLED
    assert len(events("order.cancelled")) == 1


def test_the_end_of_a_proforma_does_not_end_a_paid_order(order):
    pay(order)
    with entered(SystemScope("test")):
        ending.end_with_proforma(order)
    assert orders.order(order).state is OrderState.AWAITING_PAYMENT


def test_an_unknown_order_is_not_found(shop):
    with pytest.raises(NotFound):
        cancel("ord_nothing")
