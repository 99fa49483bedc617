"""No scope, no query: a session is opened for exactly one scope, and filters by it.

A scope says whose data the block may see. Entering one opens a session of its own, nested or not; leaving it
rolls back what was not committed. Two database roles stand behind the scopes: `praho_portal`, which row-level
security confines to the customer in scope, and `praho_staff`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Engine, Insert, event, false
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    SessionTransaction,
    sessionmaker,
    with_loader_criteria,
)

from praho.core.db.base import CustomerOwned, LockRank

PORTAL_ROLE = "praho_portal"
STAFF_ROLE = "praho_staff"


@dataclass(frozen=True, slots=True)
class CustomerScope:
    """One customer's data, as a member of that customer sees it."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class StaffScope:
    """Every customer's data, on behalf of one member of staff."""

    user_id: int


@dataclass(frozen=True, slots=True)
class SystemScope:
    """Every customer's data, for a job or for one command that a visitor may trigger; `reason` says which."""

    reason: str


@dataclass(frozen=True, slots=True)
class AnonymousScope:
    """Shared data only."""


Scope = CustomerScope | StaffScope | SystemScope | AnonymousScope


class NoScope(RuntimeError):
    """A query was tried outside any scope: a programming error."""


class StrayChange(RuntimeError):
    """Rows were changed outside a unit of work, or a call that needs one was made without: a programming error."""


@dataclass(slots=True)
class Frame:
    """What belongs to one entered scope: its session, and the state of its unit of work."""

    scope: Scope
    session: Session
    depth: int = 0
    lock_rank: LockRank | None = None
    hooks: list[list[tuple[Callable[..., None], tuple[Any, ...]]]] = field(default_factory=list)


_frames: ContextVar[tuple[Frame, ...]] = ContextVar("praho_scope_frames", default=())
_make_session: sessionmaker[Session] = sessionmaker(expire_on_commit=False)


def bind(engine: Engine) -> None:
    """Point all sessions opened from now on at `engine`."""
    _make_session.configure(bind=engine)


def frames() -> tuple[Frame, ...]:
    """Return the entered scopes, outermost first."""
    return _frames.get()


def current_frame() -> Frame:
    """Return the innermost entered scope's frame; raises NoScope outside any."""
    stack = _frames.get()
    if not stack:
        raise NoScope("open a scope before touching the database")
    return stack[-1]


def current_scope() -> Scope:
    """Return the innermost scope; raises NoScope outside any."""
    return current_frame().scope


def session() -> Session:
    """Return the session of the innermost scope; raises NoScope outside any."""
    return current_frame().session


@contextmanager
def entered(scope: Scope) -> Iterator[Session]:
    """Open `scope` for a block, with a session of its own; changes that no unit of work took are a StrayChange."""
    opened = _make_session()
    frame = Frame(scope=scope, session=opened)
    opened.info["frame"] = frame
    token = _frames.set((*_frames.get(), frame))
    try:
        yield opened
        refuse_changes(opened)
    finally:
        _frames.reset(token)
        opened.close()


@contextmanager
def seeing_all(reason: str) -> Iterator[Session]:
    """Read what is not one customer's own: in the scope at hand where it may, else in a system scope of its own.

    A connection fewer than `entered` inside the commands of staff and of the system.
    """
    stack = _frames.get()
    if stack and not isinstance(stack[-1].scope, CustomerScope | AnonymousScope):
        yield stack[-1].session
        return
    with entered(SystemScope(reason)) as opened:
        yield opened


def refuse_changes(session: Session) -> None:
    """Raise StrayChange where the session holds changes that would be forgotten."""
    if session.new or session.dirty or session.deleted:
        raise StrayChange("rows were changed outside a unit of work")


def _refuse_stray_flush(session: Session, *_flush: object) -> None:
    frame: Frame | None = session.info.get("frame")
    if frame is None or frame.depth == 0:
        raise StrayChange("rows were changed outside a unit of work")


def _refuse_stray_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _refuse_stray_flush(state.session)


def _confine_transaction(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Take the scope's database role, and name its customer, for the length of the transaction."""
    if transaction.nested:
        return
    frame: Frame | None = session.info.get("frame")
    if frame is None:
        raise NoScope("this session was not opened by a scope")
    scope = frame.scope
    role = PORTAL_ROLE if isinstance(scope, CustomerScope | AnonymousScope) else STAFF_ROLE
    customer = int(scope.customer_id) if isinstance(scope, CustomerScope) else ""
    confine = f"SET LOCAL ROLE {role}; SET LOCAL praho.customer_id = '{customer}'"
    driver = connection.connection.driver_connection
    assert driver is not None
    # Every request opens several scopes: one trip to the server begins the transaction and confines it.
    if driver.info.transaction_status is TransactionStatus.IDLE:
        confine = f"BEGIN; {confine}"
    answer = driver.pgconn.exec_(confine.encode())
    if answer.status != ExecStatus.COMMAND_OK:
        raise error_from_result(answer)


def _filter_by_scope(state: ORMExecuteState) -> None:
    """Add the customer to every ORM statement, and refuse the forms that such a filter does not reach."""
    frame: Frame | None = state.session.info.get("frame")
    scope = None if frame is None else frame.scope
    if not isinstance(scope, CustomerScope | AnonymousScope):
        return
    _refuse_unfiltered(state)
    if not (state.is_select or state.is_update or state.is_delete):
        return
    if isinstance(scope, AnonymousScope):
        criteria = with_loader_criteria(CustomerOwned, lambda cls: false(), include_aliases=True)
    else:
        customer_id = scope.customer_id
        criteria = with_loader_criteria(CustomerOwned, lambda cls: cls.customer_id == customer_id, include_aliases=True)
    state.statement = state.statement.options(criteria)


def _refuse_unfiltered(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    insert_owned = state.is_insert and mapper is not None and issubclass(mapper.class_, CustomerOwned)
    bulk_update = state.is_update and isinstance(state.parameters, list)
    copied = isinstance(state.statement, Insert) and state.statement.select is not None
    if insert_owned or bulk_update or copied or state.is_from_statement:
        raise NoScope("this form of statement escapes the customer's filter; use single rows")


event.listen(_make_session, "after_begin", _confine_transaction)
event.listen(_make_session, "before_flush", _refuse_stray_flush)
event.listen(_make_session, "do_orm_execute", _refuse_stray_statement)
event.listen(_make_session, "do_orm_execute", _filter_by_scope)
