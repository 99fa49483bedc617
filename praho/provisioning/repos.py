"""Every query of the services."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from praho.core.db.scope import session
from praho.core.db.search import matching, newest
from praho.core.web.paging import Page, page_of
from praho.models.catalogue import Product
from praho.models.customers import Customer
from praho.models.provisioning import Service, ServiceState


def find(public_id: str) -> Service | None:
    """Return a service of the scope."""
    return session().scalar(select(Service).where(Service.public_id == public_id))


def by_origin(origin: str) -> Service | None:
    """Return the service that something asked for."""
    return session().scalar(select(Service).where(Service.origin == origin))


def customer_of(customer_id: int) -> Customer | None:
    """Return a service's customer, for the link to it."""
    return session().get(Customer, customer_id)


def product_of(product_id: int) -> Product | None:
    """Return a service's product."""
    return session().get(Product, product_id)


def listed(state: ServiceState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[Service]:
    """Return a page of the scope's services, the newest first, by state and by the beginnings of words."""
    statement = select(Service)
    if state is not None:
        statement = statement.where(Service.state == state)
    wanted = matching(Service.search, search)
    if search and wanted is None:
        statement = statement.where(Service.id < 0)
    return page_of(statement, [Service.id], cursor, descending=not oldest, matching=wanted)


def found(query: str, limit: int) -> Sequence[Service]:
    """Return the newest services that a prefix query finds."""
    return session().scalars(newest(select(Service), (Service.search, query), Service.id, limit)).all()


def history(customer_id: int, before: datetime | None, limit: int) -> Sequence[Service]:
    """Return a customer's services that began up to and with an instant, the newest first."""
    began = func.coalesce(Service.activated_at, Service.created_at)
    statement = select(Service).where(Service.customer_id == customer_id)
    if before is not None:
        statement = statement.where(began <= before)
    return session().scalars(statement.order_by(began.desc(), Service.id.desc()).limit(limit)).all()


def of_customer(customer_id: int, limit: int) -> Sequence[Service]:
    """Return a customer's newest services."""
    statement = select(Service).where(Service.customer_id == customer_id).order_by(Service.id.desc())
    return session().scalars(statement.limit(limit)).all()


def at_a_glance(limit: int) -> tuple[Sequence[Service], dict[ServiceState, int]]:
    """Return the scope's services that were not given up, and how many there are in each state; one query.

    What does not run yet comes first, then what is paid for the shortest time.
    """
    waiting = case((Service.state == ServiceState.ACTIVE, 1), else_=0)
    shown = (ServiceState.CREATING, ServiceState.ACTIVE, ServiceState.FAILED)
    counts = [_count_over(Service.state == state) for state in shown]
    statement = select(Service, *counts).where(Service.state != ServiceState.CANCELLED)
    rows = session().execute(statement.order_by(waiting, Service.term_end, Service.id.desc()).limit(limit)).all()
    return [row[0] for row in rows], dict(zip(shown, rows[0][1:] if rows else (0, 0, 0), strict=True))


def _count_over(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition).over()


def of_domain(domain_name: str) -> Sequence[Service]:
    """Return the scope's services whose first domain this is."""
    statement = select(Service).where(Service.domain_name == domain_name).order_by(Service.id.desc())
    return session().scalars(statement.limit(10)).all()


def customer_names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of customers by id."""
    statement = select(Customer.id, Customer.name).where(Customer.id.in_(set(customer_ids)))
    return {row.id: row.name for row in session().execute(statement)}
