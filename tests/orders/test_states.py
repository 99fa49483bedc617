"""The states of orders and items: every pair of a state and a piece of news, and one driver for each state."""

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.domains import DomainName, DomainState
from praho.models.orders import ItemState, Order, OrderItem, OrderState
from praho.orders import module
from praho.orders.errors import NotCancellable
from praho.orders.services import delivering, ending
from praho.orders.web import labels
from tests.factories import domains, orders

WAITING, DELIVERING, DELIVERED, FAILED, CANCELLED = ItemState
AWAITING, IN_PROGRESS, COMPLETED, ORDER_CANCELLED, LAPSED = OrderState

# What becomes of an item in a state when its domain is in another; what is not listed stays as it is.
SETTLED = {
    (DELIVERING, DomainState.ACTIVE): DELIVERED,
    (DELIVERING, DomainState.FAILED): FAILED,
    (DELIVERING, DomainState.CANCELLED): CANCELLED,
    (FAILED, DomainState.ACTIVE): DELIVERED,
    (FAILED, DomainState.CANCELLED): CANCELLED,
}


def put(public_id, order_state, item_state):
    with entered(SystemScope("test")), unit_of_work() as session:
        row = session.query(Order).filter_by(public_id=public_id).one()
        row.state = order_state
        for item in session.query(OrderItem).filter_by(order_id=row.id):
            item.state = item_state


@pytest.fixture
def order(shop):
    return orders.place(shop.customer, orders.fill_cart(names=[("exemplu.ro", 1)]))


@pytest.mark.parametrize("domain_state", [None, *DomainState])
@pytest.mark.parametrize("item_state", ItemState)
def test_every_item_meets_every_news(shop, order, item_state, domain_state):
    put(order, IN_PROGRESS, item_state)
    item = orders.items(order)[0]
    if domain_state is not None:
        domains.make_domain(
            shop.customer, shop.registrar, name="exemplu.ro", origin=item.public_id, state=domain_state, failure="x"
        )
    with entered(SystemScope("test")):
        delivering.settle(item.public_id)
    assert orders.items(order)[0].state is SETTLED.get((item_state, domain_state), item_state)


@pytest.mark.parametrize("state", OrderState)
def test_every_order_meets_every_end(order, move_clock, state):
    item_state = {AWAITING: WAITING, IN_PROGRESS: DELIVERING, COMPLETED: DELIVERED}.get(state, CANCELLED)
    put(order, state, item_state)
    with entered(SystemScope("test")):
        ending.end_with_proforma(order)
    assert orders.order(order).state is (ORDER_CANCELLED if state is AWAITING else state)
    put(order, state, item_state)
    with entered(SystemScope("test")):
        if state is AWAITING:
            ending.cancel(order, "x")
        else:
            with pytest.raises(NotCancellable):
                ending.cancel(order, "x")
            delivering.begin(order)
    assert orders.order(order).state is (ORDER_CANCELLED if state is AWAITING else state)


def test_every_state_that_is_no_end_has_its_driver():
    """A job that is enqueued with the state, or a sweep; the items' jobs hand over to the domain's or the service's."""
    handlers = {handler.kind.name for handler in module.DOMAIN.job_handlers}
    scheduled = {entry.kind.name for entry in module.DOMAIN.schedule}
    drivers = {
        AWAITING: {"orders.begin_delivery", "orders.end_unpaid", "orders.lapse_unpaid"},
        IN_PROGRESS: {"orders.settle_item"},
        DELIVERING: {"orders.deliver_item", "orders.settle_item"},
    }
    assert all(names <= handlers for names in drivers.values())
    assert scheduled == {"orders.lapse_unpaid", "orders.prune_carts"}


def test_every_kind_of_job_has_one_handler():
    kinds = [kind.name for kind in module.DOMAIN.job_kinds]
    assert sorted(kinds) == sorted(handler.kind.name for handler in module.DOMAIN.job_handlers)


def test_every_state_has_a_name():
    assert set(labels.ORDER_STATES) == set(OrderState)
    assert set(labels.ITEM_STATES) == set(labels.OWN_ITEM_STATES) == set(ItemState)


def test_a_domain_that_exists_is_not_asked_for_again(shop, order):
    put(order, IN_PROGRESS, DELIVERING)
    item = orders.items(order)[0]
    made = domains.make_domain(shop.customer, shop.registrar, name="exemplu.ro", origin=item.public_id)
    with entered(SystemScope("test")) as session:
        delivering.deliver(item.public_id)
        assert [row.id for row in session.query(DomainName)] == [made.id]
