"""Every query of the services."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from praho.core.db.scope import session
from praho.core.db.search import finds
from praho.core.text import prefix_query
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


def listed(state: ServiceState | None, search: str, cursor: str | None) -> Page[Service]:
    """Return a page of the scope's services, the newest first, by state and by the beginnings of words."""
    statement = select(Service)
    if state is not None:
        statement = statement.where(Service.state == state)
    if search:
        query = prefix_query(search)
        statement = statement.where(Service.id < 0 if query is None else finds(Service.search, query))
    return page_of(statement, [Service.id], cursor)


def found(query: str, limit: int) -> Sequence[Service]:
    """Return the newest services that a prefix query finds."""
    statement = select(Service).where(finds(Service.search, query)).order_by(Service.id.desc())
    return session().scalars(statement.limit(limit)).all()


def of_customer(customer_id: int, limit: int) -> Sequence[Service]:
    """Return a customer's newest services."""
    statement = select(Service).where(Service.customer_id == customer_id).order_by(Service.id.desc())
    return session().scalars(statement.limit(limit)).all()


def newest(limit: int) -> Sequence[Service]:
    """Return the scope's newest services that were not given up."""
    statement = select(Service).where(Service.state != ServiceState.CANCELLED).order_by(Service.id.desc())
    return session().scalars(statement.limit(limit)).all()


def of_domain(domain_name: str) -> Sequence[Service]:
    """Return the scope's services whose first domain this is."""
    statement = select(Service).where(Service.domain_name == domain_name).order_by(Service.id.desc())
    return session().scalars(statement.limit(10)).all()


def customer_names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of customers by id."""
    statement = select(Customer.id, Customer.name).where(Customer.id.in_(set(customer_ids)))
    return {row.id: row.name for row in session().execute(statement)}


def count_in_state(state: ServiceState) -> int:
    """Return how many services are in a state; at most a hundred."""
    return len(session().scalars(select(Service.id).where(Service.state == state).limit(100)).all())
