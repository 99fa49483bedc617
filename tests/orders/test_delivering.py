"""From paid to live: one item, one service or domain, whatever is retried, in whatever order the news comes."""

import pytest
from sqlalchemy import select

from praho.billing.events import ProformaPaid
from praho.core import events
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.jobs.table import Job
from praho.domains.errors import NameTaken
from praho.domains.events import DomainRegistered
from praho.domains.services import registering
from praho.models.audit import AuditEvent
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import ProviderOperation
from praho.models.notifications import Message
from praho.models.orders import ItemState, OrderItem, OrderState
from praho.models.provisioning import Service, ServiceState
from praho.orders.errors import WrongItemState
from praho.orders.events import BEGIN_DELIVERY, DELIVER_ITEM, SETTLE_ITEM
from praho.orders.services import ageing, delivering
from tests.factories import customers, domains, orders

DELIVERING, DELIVERED, FAILED, CANCELLED = (
    ItemState.DELIVERING, ItemState.DELIVERED, ItemState.FAILED, ItemState.CANCELLED,
)  # fmt: skip


@pytest.fixture
def order(shop):
    """An order of a domain and a plan, paid, both asked for."""
    public_id = orders.make_order(shop.customer, shop.product, ["exemplu.ro"])
    with entered(SystemScope("test")):
        delivering.begin(public_id)
        for item in orders.items(public_id):
            delivering.deliver(item.public_id)
    return public_id


def states(public_id):
    return [item.state for item in orders.items(public_id)]


def made(model):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(model).order_by(model.id)).all()


def becomes(model, state, failure=None):
    """Let the one row of a table be decided, as its driver would."""
    with entered(SystemScope("test")), unit_of_work() as session:
        row = session.scalars(select(model)).one()
        row.state, row.failure = state, failure


def settle(public_id):
    with entered(SystemScope("test")):
        for item in orders.items(public_id):
            delivering.settle(item.public_id)


def jobs(kind):
    return [job for job in made(Job) if job.kind == kind.name]


def test_delivery_begins_once(shop):
    public_id = orders.make_order(shop.customer, shop.product, ["exemplu.ro"])
    with entered(SystemScope("test")):
        for _time in range(3):
            delivering.begin(public_id)
    assert orders.order(public_id).state is OrderState.IN_PROGRESS
    assert states(public_id) == [DELIVERING, DELIVERING]
    assert [job.payload["item_id"] for job in jobs(DELIVER_ITEM)] == [
        item.public_id for item in orders.items(public_id)
    ]


def test_one_item_is_one_service_or_domain_under_five_retries(order):
    with entered(SystemScope("test")):
        for _time in range(5):
            for item in orders.items(order):
                delivering.deliver(item.public_id)
    name, plan = orders.items(order)
    assert [(row.origin, row.name, row.years) for row in made(DomainName)] == [(name.public_id, "exemplu.ro", 1)]
    service = made(Service)
    assert [(row.origin, row.label, row.plan, row.cycle) for row in service] == [
        (plan.public_id, "Start", "start", "annual")
    ]
    assert (service[0].price_minor, service[0].currency) == (12_000, "RON")


def test_nothing_is_delivered_before_it_is_paid(shop):
    public_id = orders.make_order(shop.customer, shop.product, ["exemplu.ro"])
    with entered(SystemScope("test")):
        for item in orders.items(public_id):
            delivering.deliver(item.public_id)
            delivering.settle(item.public_id)
    assert (made(Service), made(DomainName)) == ([], [])
    assert set(states(public_id)) == {ItemState.WAITING}


def test_an_order_is_complete_with_its_last_item(order):
    settle(order)
    assert states(order) == [DELIVERING, DELIVERING]
    becomes(DomainName, DomainState.ACTIVE)
    settle(order)
    assert (states(order), orders.order(order).state) == ([DELIVERED, DELIVERING], OrderState.IN_PROGRESS)
    becomes(Service, ServiceState.ACTIVE)
    for _time in range(3):
        settle(order)
    assert (states(order), orders.order(order).state) == ([DELIVERED, DELIVERED], OrderState.COMPLETED)
    completed = [row for row in made(Message) if row.template == "orders/completed"]
    assert [row.facts["number"] for row in completed] == [orders.order(order).number]
    assert len([event for event in made(AuditEvent) if event.action == "order.completed"]) == 1


def test_news_of_domains_and_services_become_jobs(shop, order):
    name = orders.items(order)[0]
    with entered(SystemScope("test")), unit_of_work():
        for _time in range(2):
            events.publish(
                DomainRegistered(shop.customer.id, "dom_x", name.public_id, "exemplu.ro", orders.order(order).lapses_on)
            )
    assert [job.payload for job in jobs(SETTLE_ITEM)] == [{"item_id": name.public_id}]


def test_news_of_things_that_no_order_asked_for_are_nobodys(shop):
    with entered(SystemScope("test")):
        delivering.settle("itm_nothing")
        delivering.deliver("itm_nothing")


@pytest.mark.parametrize("kind", ["domain", "service"])
def test_a_failure_waits_for_staff_and_its_retry_makes_no_second_one(order, kind):
    model, failed, live, number = (
        (DomainName, DomainState.FAILED, DomainState.ACTIVE, 0)
        if kind == "domain"
        else (Service, ServiceState.FAILED, ServiceState.ACTIVE, 1)
    )
    becomes(model, failed, "registrul refuză")
    settle(order)
    item = orders.items(order)[number]
    assert (item.state, item.failure) == (FAILED, "registrul refuză")
    assert orders.order(order).state is OrderState.IN_PROGRESS
    with entered(SystemScope("test")), unit_of_work() as session:
        # The first operation is decided, as it would be by now.
        for operation in session.scalars(select(ProviderOperation)):
            operation.state = "rejected"
    with entered(SystemScope("test")):
        delivering.retry(item.public_id)
        with pytest.raises(WrongItemState):
            delivering.retry(item.public_id)
    item = orders.items(order)[number]
    assert (item.state, item.failure) == (DELIVERING, None)
    becomes(model, live)
    settle(order)
    assert orders.items(order)[number].state is DELIVERED
    assert len(made(model)) == 1


def test_success_after_a_failure_is_success(order):
    becomes(DomainName, DomainState.FAILED, "nu")
    settle(order)
    becomes(DomainName, DomainState.ACTIVE)
    settle(order)
    assert orders.items(order)[0].state is DELIVERED
    becomes(DomainName, DomainState.FAILED, "late news")
    settle(order)
    assert orders.items(order)[0].state is DELIVERED


def test_a_name_that_was_taken_meanwhile_is_a_failed_item(shop):
    public_id = orders.make_order(shop.customer, shop.product, ["exemplu.ro"])
    other = domains.make_domain(customers.make_customer(), shop.registrar, name="exemplu.ro")
    with entered(SystemScope("test")):
        delivering.begin(public_id)
        delivering.deliver(orders.items(public_id)[0].public_id)
    item = orders.items(public_id)[0]
    assert item.state is FAILED
    assert "exemplu.ro" in item.failure
    with entered(SystemScope("test")):
        delivering.retry(item.public_id)
        delivering.deliver(item.public_id)
    assert orders.items(public_id)[0].state is FAILED
    assert [row.id for row in made(DomainName)] == [other.id]


def test_an_item_that_is_given_up_ends_with_its_domain(order):
    becomes(DomainName, DomainState.FAILED, "luat")
    becomes(Service, ServiceState.ACTIVE)
    settle(order)
    name = orders.items(order)[0]
    with entered(SystemScope("test")):
        delivering.give_up(name.public_id, "taken by somebody else")
        with pytest.raises(WrongItemState):
            delivering.give_up(name.public_id, "again")
    assert states(order) == [CANCELLED, DELIVERED]
    assert made(DomainName)[0].state is DomainState.CANCELLED
    assert orders.order(order).state is OrderState.COMPLETED
    message = next(row for row in made(Message) if row.template == "orders/completed")
    assert message.facts["partly"] is True


def test_an_order_of_which_nothing_is_left_is_cancelled_and_not_announced(order):
    becomes(DomainName, DomainState.FAILED, "luat")
    becomes(Service, ServiceState.FAILED, "plin")
    settle(order)
    with entered(SystemScope("test")):
        for item in orders.items(order):
            delivering.give_up(item.public_id, "no way")
    assert orders.order(order).state is OrderState.CANCELLED
    assert [row for row in made(Message) if row.template == "orders/completed"] == []


def test_what_a_technician_gave_up_on_the_domains_page_ends_its_item(order):
    becomes(DomainName, DomainState.FAILED, "luat")
    settle(order)
    with entered(SystemScope("test")):
        registering.cancel(made(DomainName)[0].public_id)
    settle(order)
    assert orders.items(order)[0].state is CANCELLED


def test_items_that_are_not_there_are_not_found(shop):
    with entered(SystemScope("test")):
        for command in (delivering.retry, lambda item_id: delivering.give_up(item_id, "x")):
            with pytest.raises(NotFound):
                command("itm_nothing")


def test_a_retry_that_cannot_be_leaves_the_item_as_it_was(shop, order):
    becomes(DomainName, DomainState.FAILED, "nu")
    settle(order)
    domains.make_domain(customers.make_customer(), shop.registrar, name="exemplu.ro")
    with entered(SystemScope("test")), pytest.raises(NameTaken):
        delivering.retry(orders.items(order)[0].public_id)
    assert orders.items(order)[0].state is FAILED


def test_paid_orders_that_rest_raise_an_alarm(order, move_clock):
    assert ageing.stuck_orders() is None
    move_clock(orders.order(order).paid_at + ageing.LONGEST_DELIVERY * 1.5)
    assert "1" in (ageing.stuck_orders() or "")
    becomes(DomainName, DomainState.FAILED, "nu")
    becomes(Service, ServiceState.ACTIVE)
    settle(order)
    assert ageing.stuck_orders() is None


def test_a_paid_proforma_begins_the_delivery_of_its_order_alone(shop):
    with entered(SystemScope("test")), unit_of_work():
        events.publish(ProformaPaid(shop.customer.id, "pro_1", "order", "ord_1"))
        events.publish(ProformaPaid(shop.customer.id, "pro_1", "order", "ord_1"))
        events.publish(ProformaPaid(shop.customer.id, "pro_2", "subscription", "sub_1"))
        events.publish(ProformaPaid(shop.customer.id, "pro_3", None, None))
    assert [job.payload for job in jobs(BEGIN_DELIVERY)] == [{"order_id": "ord_1"}]
    assert made(OrderItem) == []
