"""Every query of the domains."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from praho.core.db.scope import session
from praho.core.db.search import matching, newest
from praho.core.web.paging import Page, page_of
from praho.models.catalogue import SaleState, Tld
from praho.models.customers import Customer
from praho.models.domains import LIVE_DOMAINS, DomainName, DomainState


def find(public_id: str) -> DomainName | None:
    """Return a domain of the scope."""
    return session().scalar(select(DomainName).where(DomainName.public_id == public_id))


def by_origin(origin: str) -> DomainName | None:
    """Return the domain that something asked for."""
    return session().scalar(select(DomainName).where(DomainName.origin == origin))


def live_names(names: Iterable[str]) -> set[str]:
    """Return which of the names are ours or about to be, in any customer's hands."""
    statement = select(DomainName.name).where(DomainName.name.in_(list(names)), DomainName.state.in_(LIVE_DOMAINS))
    return set(session().scalars(statement))


def suffixes() -> list[str]:
    """Return every suffix that the catalogue knows, sold or not."""
    return list(session().scalars(select(Tld.name)))


def registrars_of_suffixes() -> dict[str, int]:
    """Return the registrar account of each suffix on sale."""
    statement = select(Tld.name, Tld.provider_account_id).where(
        Tld.state == SaleState.ON_SALE, Tld.provider_account_id.is_not(None)
    )
    return {name: account_id for name, account_id in session().execute(statement) if account_id is not None}


def customer_of(customer_id: int) -> Customer | None:
    """Return a domain's customer, for the link to it."""
    return session().get(Customer, customer_id)


def listed(state: DomainState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[DomainName]:
    """Return a page of the scope's domains, the newest first, by state and by the beginnings of words."""
    statement = select(DomainName)
    if state is not None:
        statement = statement.where(DomainName.state == state)
    wanted = matching(DomainName.search, search)
    if search and wanted is None:
        statement = statement.where(DomainName.id < 0)
    return page_of(statement, [DomainName.id], cursor, descending=not oldest, matching=wanted)


def found(query: str, limit: int) -> Sequence[DomainName]:
    """Return the newest domains that a prefix query finds."""
    return session().scalars(newest(select(DomainName), (DomainName.search, query), DomainName.id, limit)).all()


def history(customer_id: int, before: datetime | None, limit: int) -> Sequence[DomainName]:
    """Return a customer's domains that began up to and with an instant, the newest first."""
    began = func.coalesce(DomainName.activated_at, DomainName.created_at)
    statement = select(DomainName).where(DomainName.customer_id == customer_id)
    if before is not None:
        statement = statement.where(began <= before)
    return session().scalars(statement.order_by(began.desc(), DomainName.id.desc()).limit(limit)).all()


def of_customer(customer_id: int, limit: int) -> Sequence[DomainName]:
    """Return a customer's newest domains."""
    statement = select(DomainName).where(DomainName.customer_id == customer_id).order_by(DomainName.id.desc())
    return session().scalars(statement.limit(limit)).all()


def at_a_glance(limit: int) -> tuple[Sequence[DomainName], dict[DomainState, int]]:
    """Return the scope's domains that were not given up, and how many there are in each state; one query.

    What is not registered yet comes first, then what expires soonest.
    """
    waiting = case((DomainName.state == DomainState.ACTIVE, 1), else_=0)
    shown = (DomainState.REGISTERING, DomainState.ACTIVE, DomainState.FAILED)
    counts = [_count_over(DomainName.state == state) for state in shown]
    statement = select(DomainName, *counts).where(DomainName.state != DomainState.CANCELLED)
    ordered = statement.order_by(waiting, DomainName.expires_on, DomainName.id.desc())
    rows = session().execute(ordered.limit(limit)).all()
    return [row[0] for row in rows], dict(zip(shown, rows[0][1:] if rows else (0, 0, 0), strict=True))


def _count_over(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition).over()


def customer_names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of customers by id."""
    statement = select(Customer.id, Customer.name).where(Customer.id.in_(set(customer_ids)))
    return {row.id: row.name for row in session().execute(statement)}
