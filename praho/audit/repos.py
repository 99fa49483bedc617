"""Queries of the record; each is served by an index of its own."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from praho.core.db.scope import session
from praho.core.identifiers import email
from praho.core.web.paging import Page, page_of
from praho.models.audit import AuditEvent
from praho.models.customers import Customer
from praho.models.users import User


def listing(
    *, action: str, actor_id: int | None, customer_id: int | None, subject: str, cursor: str | None
) -> Page[AuditEvent]:
    """Return a page of events, the newest first; one query. Empty texts and None narrow nothing."""
    statement = select(AuditEvent)
    kind, _colon, identifier = subject.partition(":")
    if action:
        statement = statement.where(AuditEvent.action == action)
    if actor_id is not None:
        statement = statement.where(AuditEvent.actor_id == actor_id)
    if customer_id is not None:
        statement = statement.where(AuditEvent.customer_id == customer_id)
    if kind:
        statement = statement.where(AuditEvent.subject_kind == kind)
    if identifier:
        statement = statement.where(AuditEvent.subject_id == identifier)
    return page_of(statement, [AuditEvent.id], cursor)


def history(customer_id: int, before: datetime | None, limit: int, kinds: Collection[str] = ()) -> list[AuditEvent]:
    """Return what was done to a customer's data up to and with an instant, the newest first; one query.

    `kinds` of subjects narrow it.
    """
    statement = select(AuditEvent).where(AuditEvent.customer_id == customer_id)
    if kinds:
        statement = statement.where(AuditEvent.subject_kind.in_(kinds))
    if before is not None:
        statement = statement.where(AuditEvent.at <= before)
    return list(session().scalars(statement.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit)))


def by_public_id(public_id: str) -> AuditEvent | None:
    """Return the event with this public id."""
    return session().scalar(select(AuditEvent).where(AuditEvent.public_id == public_id))


def user_id_of(typed: str) -> int | None:
    """Return the user with this e-mail address or public id."""
    return session().scalar(select(User.id).where((User.email == email.as_stored(typed)) | (User.public_id == typed)))


def customer_id_of(public_id: str) -> int | None:
    """Return the customer with this public id."""
    return session().scalar(select(Customer.id).where(Customer.public_id == public_id))


def customers(ids: set[int]) -> dict[int, tuple[str, str]]:
    """Return public ids and names of customers; one query."""
    found = session().execute(select(Customer.id, Customer.public_id, Customer.name).where(Customer.id.in_(ids)))
    return {row.id: (row.public_id, row.name) for row in found}


def user_public_ids(ids: set[int]) -> dict[int, str]:
    """Return public ids of users; one query."""
    return {row.id: row.public_id for row in session().execute(select(User.id, User.public_id).where(User.id.in_(ids)))}
