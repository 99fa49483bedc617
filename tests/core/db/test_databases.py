"""The two databases of the tests keep their promises, else every other test would lie."""

from sqlalchemy import func, select, text

from praho.core.db.scope import AnonymousScope, CustomerScope, SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.models.customers import Customer
from praho.models.users import User
from tests.factories import customers, users

_WHO = text("SELECT current_user, current_setting('praho.customer_id', true)")


def _emails() -> list[str]:
    with entered(SystemScope("look")) as session:
        return list(session.scalars(select(User.email).order_by(User.id)))


def test_db_commits_inside_and_forgets_afterwards(db):
    users.make_user(email="first@client.example")
    assert _emails() == ["first@client.example"]


def test_db_was_forgotten(db):
    assert _emails() == []


def test_db_gives_every_scope_its_role_and_gives_the_outer_one_back(db):
    customer = customers.make_customer()
    with entered(CustomerScope(customer.id)) as outer:
        assert outer.execute(_WHO).one() == ("praho_portal", str(customer.id))
        with entered(SystemScope("inner")), unit_of_work() as inner:
            assert inner.execute(_WHO).one() == ("praho_staff", "")
            with entered(AnonymousScope()) as innermost:
                assert innermost.execute(_WHO).one() == ("praho_portal", "")
            assert inner.execute(_WHO).one() == ("praho_staff", "")
        assert outer.execute(_WHO).one() == ("praho_portal", str(customer.id))
    assert db.execute(text("SELECT current_user")).scalar() not in ("praho_portal", "praho_staff")


def test_live_db_commits_for_every_connection(live_db):
    customer = customers.make_customer()
    with live_db.as_owner() as owner:
        assert owner.execute(text("SELECT count(*) FROM customers_customer")).scalar() == 1
    with live_db.as_portal(customer.id) as portal:
        assert portal.execute(_WHO).one() == ("praho_portal", str(customer.id))
    with live_db.as_staff() as staff:
        assert staff.execute(_WHO).one() == ("praho_staff", "")


def test_live_db_starts_empty(live_db):
    with entered(SystemScope("look")) as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 0


def test_count_queries_leaves_the_frame_out(db, count_queries):
    customer = customers.make_customer()
    with count_queries() as counted, entered(CustomerScope(customer.id)), unit_of_work():
        session().scalars(select(Customer)).all()
    assert counted.count == 1, counted.statements
