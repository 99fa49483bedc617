"""Scopes: no query outside one, and inside a customer's none that reaches another customer's rows.

Row-level security would hide a hole in the filter; where the filter is tested, the session first takes the role
of the owner, whom no policy binds.
"""

import threading
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, exists, func, insert, lateral, literal, select, text, union_all, update
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import Session, aliased, selectinload

from praho.core.db import scope
from praho.core.db.scope import AnonymousScope, CustomerScope, NoScope, StaffScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.web.tables import SpentFormToken
from praho.models.customers import Customer, CustomerAddress, CustomerContact
from tests.factories import customers


@dataclass(frozen=True)
class Two:
    mine: int
    other: int
    my_contact: int
    other_contact: int


@pytest.fixture
def two(db) -> Two:
    ids, contacts = [], []
    for name in ("Mine", "Other"):
        customer = customers.make_customer(name=name)
        contact = CustomerContact(customer_id=customer.id, name=f"{name} contact", email="contact@client.example")
        with entered(SystemScope("test")), unit_of_work() as session:
            session.add(contact)
        ids.append(customer.id)
        contacts.append(contact.id)
    return Two(*ids, *contacts)


def _as_owner(session: Session) -> None:
    session.execute(text("RESET ROLE"))


def _joined(session: Session) -> list[int]:
    query = select(CustomerContact.customer_id).join(Customer, Customer.id == CustomerContact.customer_id)
    return list(session.scalars(query))


def _outer_joined(session: Session) -> list[int]:
    query = select(CustomerContact.customer_id).select_from(Customer).outerjoin(CustomerContact, literal(True))
    return list(session.scalars(query))


def _in_cte(session: Session) -> list[int]:
    cte = select(CustomerContact.customer_id.label("owner")).cte()
    return list(session.scalars(select(cte.c.owner)))


def _aliased_cte(session: Session) -> list[int]:
    entity = aliased(CustomerContact, select(CustomerContact).cte())
    return list(session.scalars(select(entity.customer_id)))


def _in_exists(session: Session) -> list[int]:
    of_other = exists(select(CustomerContact.id).where(CustomerContact.name == "Other contact"))
    return [-1] if session.scalar(select(of_other)) else []


def _in_union(session: Session) -> list[int]:
    return list(session.scalars(union_all(select(Customer.id), select(CustomerContact.customer_id))))


def _in_scalar_subquery(session: Session) -> list[int]:
    largest = select(func.max(CustomerContact.customer_id)).scalar_subquery()
    return [owner for owner in session.scalars(select(largest)) if owner is not None]


def _in_where(session: Session) -> list[int]:
    owners = select(CustomerContact.customer_id)
    return [row.id for row in session.scalars(select(Customer).where(Customer.id.in_(owners)))]


def _lateral(session: Session) -> list[int]:
    inner = lateral(select(CustomerContact.customer_id.label("owner")))
    return list(session.scalars(select(inner.c.owner)))


def _related(session: Session) -> list[int]:
    rows = session.scalars(select(Customer).options(selectinload(Customer.addresses)))
    return [address.customer_id for row in rows for address in row.addresses]


def _locked(session: Session) -> list[int]:
    return [row.customer_id for row in session.scalars(select(CustomerContact).with_for_update())]


SELECTS = {
    "entity": lambda s: [row.customer_id for row in s.scalars(select(CustomerContact))],
    "customer itself": lambda s: [row.id for row in s.scalars(select(Customer))],
    "column": lambda s: list(s.scalars(select(CustomerContact.customer_id))),
    "alias": lambda s: list(s.scalars(select(aliased(CustomerContact).customer_id))),
    "subquery": lambda s: list(s.scalars(select(select(CustomerContact.customer_id).subquery().c[0]))),
    "legacy query": lambda s: [row.customer_id for row in s.query(CustomerContact)],
    "join": _joined,
    "outer join": _outer_joined,
    "cte": _in_cte,
    "aliased cte": _aliased_cte,
    "exists": _in_exists,
    "union": _in_union,
    "scalar subquery": _in_scalar_subquery,
    "in a where": _in_where,
    "lateral": _lateral,
    "relationship": _related,
    "for update": _locked,
}


@pytest.mark.parametrize("form", SELECTS)
def test_a_customer_reads_own_rows_only(two, form):
    with entered(CustomerScope(two.mine)) as session:
        _as_owner(session)
        assert set(SELECTS[form](session)) <= {two.mine}
    with entered(SystemScope("all")) as session:
        assert two.other in SELECTS[form](session) or form == "exists"


@pytest.mark.parametrize("form", SELECTS)
def test_a_visitor_reads_no_customer(two, form):
    with entered(AnonymousScope()) as session:
        _as_owner(session)
        assert SELECTS[form](session) == []


def test_get_and_count(two):
    with entered(CustomerScope(two.mine)) as session:
        _as_owner(session)
        assert session.get(CustomerContact, two.my_contact) is not None
        assert session.get(CustomerContact, two.other_contact) is None
        assert session.get(Customer, two.other) is None
        assert session.scalar(select(func.count()).select_from(CustomerContact)) == 1
        assert session.scalar(select(func.count(CustomerContact.id))) == 1


def test_update_and_delete_reach_own_rows_only(two):
    with entered(CustomerScope(two.mine)), unit_of_work() as session:
        _as_owner(session)
        changed = session.scalars(update(CustomerContact).values(phone="1").returning(CustomerContact.customer_id))
        assert list(changed) == [two.mine]
        gone = session.scalars(delete(CustomerContact).returning(CustomerContact.customer_id))
        assert list(gone) == [two.mine]
        assert session.scalars(update(Customer).values(phone="1").returning(Customer.id)).all() == [two.mine]


def _bulk_insert(session: Session, two: Two) -> None:
    session.execute(insert(CustomerContact), [{"customer_id": two.other, "name": "x", "email": "x"}])


def _single_insert(session: Session, two: Two) -> None:
    session.execute(insert(CustomerContact).values(customer_id=two.other, name="x", email="x"))


def _bulk_update(session: Session, two: Two) -> None:
    session.execute(update(CustomerContact), [{"id": two.other_contact, "phone": "1"}])


def _from_statement(session: Session, two: Two) -> None:
    session.scalars(select(CustomerContact).from_statement(text("SELECT * FROM customers_contact"))).all()


def _insert_from_select(session: Session, two: Two) -> None:
    emails = select(CustomerContact.email, literal("p"), literal("r"), func.now())
    session.execute(insert(SpentFormToken).from_select(["token_hash", "purpose", "result", "spent_at"], emails))


@pytest.mark.parametrize("inside", [CustomerScope, lambda _: AnonymousScope()])
@pytest.mark.parametrize("form", [_bulk_insert, _single_insert, _bulk_update, _from_statement, _insert_from_select])
def test_forms_that_escape_the_filter_are_refused(two, form, inside):
    with entered(inside(two.mine)), unit_of_work() as session, pytest.raises(NoScope):
        form(session, two)


def test_staff_and_system_see_everybody(two):
    for everybody in (StaffScope(1), SystemScope("test")):
        with entered(everybody) as session:
            assert set(session.scalars(select(Customer.id))) == {two.mine, two.other}
            assert len(session.scalars(select(CustomerAddress)).all()) == 2


def test_no_scope_no_query():
    for reach in (scope.session, scope.current_scope, scope.current_frame):
        with pytest.raises(NoScope):
            reach()
    assert scope.frames() == ()


def test_a_session_that_no_scope_opened_is_refused(db):
    with scope._make_session() as stray, pytest.raises(NoScope):
        stray.execute(text("SELECT 1"))


def test_a_thread_starts_outside_every_scope(db):
    seen: list[int] = []
    with entered(SystemScope("outer")):
        thread = threading.Thread(target=lambda: seen.append(len(scope.frames())))
        thread.start()
        thread.join()
    assert seen == [0]


def test_a_nested_scope_has_a_session_of_its_own_and_ends_with_its_block(two):
    with entered(CustomerScope(two.mine)) as outer:
        row = outer.get(Customer, two.mine)
        with entered(CustomerScope(two.other)) as inner:
            assert scope.session() is inner is not outer
            assert scope.current_scope() == CustomerScope(two.other)
            assert inner.get(Customer, two.mine) is None
        assert scope.session() is outer
        assert outer.get(Customer, two.mine) is row


def test_leaving_a_scope_by_an_error_leaves_it(db):
    with pytest.raises(LookupError), entered(SystemScope("test")):
        raise LookupError
    assert scope.frames() == ()


def test_two_customers_one_after_the_other_are_not_mixed_by_the_statement_cache(two):
    for customer_id in (two.mine, two.other, two.mine):
        with entered(CustomerScope(customer_id)) as session:
            _as_owner(session)
            assert session.scalars(select(CustomerContact.customer_id)).all() == [customer_id]


def test_without_a_database_nothing_is_reached():
    with entered(SystemScope("test")) as session, pytest.raises(UnboundExecutionError):
        session.execute(text("SELECT 1"))
