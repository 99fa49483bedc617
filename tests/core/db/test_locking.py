"""Row locks: the global order, what they show, and whom they leave alone. Two real connections, in threads."""

import pytest
from sqlalchemy import text

from praho.core.db.base import LockRank
from praho.core.db.locking import LockOrder, lock, lock_one
from praho.core.db.scope import CustomerScope, StrayChange, SystemScope, current_frame, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import DocumentKind, NumberSeries
from praho.models.customers import Customer, CustomerContact
from praho.models.users import User
from tests.factories import customers, users
from tests.threads import SECONDS, other_threads, wait_until_blocked


def _rename(customer_id: int, name: str) -> None:
    with entered(SystemScope("rename")), unit_of_work():
        lock_one(Customer, customer_id).name = name


def test_a_row_changed_between_the_read_and_the_lock_is_seen_as_changed(live_db):
    customer = customers.make_customer(name="Old")
    with entered(SystemScope("test")), unit_of_work() as session:
        read = session.get(Customer, customer.id)
        with other_threads() as start:
            start(lambda: _rename(customer.id, "New")).result(SECONDS)
        assert read.name == "Old"
        locked = lock_one(Customer, customer.id)
        assert locked is read
        assert locked.name == "New"


def test_whoever_waits_for_the_lock_sees_what_its_holder_did(live_db):
    customer = customers.make_customer(name="Old")

    def read_then_lock() -> str:
        with entered(SystemScope("waiter")), unit_of_work() as session:
            assert session.get(Customer, customer.id).name == "Old"
            return lock_one(Customer, customer.id).name

    with other_threads() as start:
        with entered(SystemScope("holder")), unit_of_work():
            lock_one(Customer, customer.id).name = "New"
            waiter = start(read_then_lock)
            wait_until_blocked(live_db)
        assert waiter.result(SECONDS) == "New"


def test_a_lock_does_not_stop_rows_that_refer_to_the_locked_one(live_db):
    customer = customers.make_customer()

    def insert_contact() -> None:
        with entered(SystemScope("other")), unit_of_work() as session:
            session.execute(text("SET LOCAL lock_timeout = '1s'"))
            session.add(CustomerContact(customer_id=customer.id, name="A", email="a@client.example"))

    with other_threads() as start, entered(SystemScope("holder")), unit_of_work():
        lock_one(Customer, customer.id)
        start(insert_contact).result(SECONDS)


def test_opposite_orders_of_ids_do_not_deadlock(live_db):
    ids = [customers.make_customer().id for _ in range(2)]

    def take(wanted: list[int]) -> list[int]:
        with entered(SystemScope("taker")), unit_of_work():
            return [row.id for row in lock(Customer, wanted)]

    with other_threads(2) as start:
        with entered(SystemScope("holder")), unit_of_work():
            lock_one(Customer, ids[0])
            waiting = [start(lambda: take(ids)), start(lambda: take(ids[::-1]))]
            wait_until_blocked(live_db, 2)
        assert [each.result(SECONDS) for each in waiting] == [ids, ids]


@pytest.fixture
def rows(db):
    """One id of each rank."""
    customer = customers.make_customer()
    contact = CustomerContact(customer_id=customer.id, name="A", email="a@client.example")
    series = NumberSeries(kind=DocumentKind.INVOICE, prefix="EXH")
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add_all([contact, series])
    return [
        (Customer, customer.id),
        (CustomerContact, contact.id),
        (User, users.make_user().id),
        (NumberSeries, series.id),
    ]


def test_the_order_is_customer_owned_shared_series(rows):
    with entered(SystemScope("test")), unit_of_work():
        for model, row_id in rows:
            assert lock_one(model, row_id) is not None
            assert lock_one(model, row_id) is not None


@pytest.mark.parametrize("first", [1, 2, 3])
def test_going_back_in_the_order_is_refused(rows, first):
    with entered(SystemScope("test")), unit_of_work():
        lock_one(*rows[first])
        for earlier in rows[:first]:
            with pytest.raises(LockOrder):
                lock_one(*earlier)
    with entered(SystemScope("test")), unit_of_work():
        lock_one(*rows[0])


def test_a_rolled_back_savepoint_gives_its_locks_and_its_rank_back(rows):
    with entered(SystemScope("test")), unit_of_work():
        lock_one(*rows[1])
        with pytest.raises(LookupError), unit_of_work():
            lock_one(*rows[3])
            raise LookupError
        assert current_frame().lock_rank == LockRank(1)
        lock_one(*rows[2])
        with unit_of_work():
            lock_one(*rows[3])
        with pytest.raises(LockOrder):
            lock_one(*rows[2])


def test_what_is_not_there_is_left_out_and_the_rest_comes_sorted(db):
    ids = [customers.make_customer().id for _ in range(3)]
    with entered(SystemScope("test")), unit_of_work():
        assert [row.id for row in lock(Customer, [ids[2], 0, ids[0], ids[2]])] == [ids[0], ids[2]]
        assert lock_one(Customer, 0) is None


def test_a_customer_locks_own_rows_only(db):
    mine, other = customers.make_customer(), customers.make_customer()
    with entered(CustomerScope(mine.id)), unit_of_work():
        assert lock_one(Customer, mine.id) is not None
        assert lock_one(Customer, other.id) is None


def test_a_lock_needs_a_unit_of_work(db):
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        lock_one(Customer, 1)
