"""Every query of the domains."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from praho.core.db.scope import session
from praho.core.db.search import finds
from praho.core.text import prefix_query
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


def listed(state: DomainState | None, search: str, cursor: str | None) -> Page[DomainName]:
    """Return a page of the scope's domains, the newest first, by state and by the beginnings of words."""
    statement = select(DomainName)
    if state is not None:
        statement = statement.where(DomainName.state == state)
    if search:
        query = prefix_query(search)
        statement = statement.where(DomainName.id < 0 if query is None else finds(DomainName.search, query))
    return page_of(statement, [DomainName.id], cursor)


def found(query: str, limit: int) -> Sequence[DomainName]:
    """Return the newest domains that a prefix query finds."""
    statement = select(DomainName).where(finds(DomainName.search, query)).order_by(DomainName.id.desc())
    return session().scalars(statement.limit(limit)).all()


def of_customer(customer_id: int, limit: int) -> Sequence[DomainName]:
    """Return a customer's newest domains."""
    statement = select(DomainName).where(DomainName.customer_id == customer_id).order_by(DomainName.id.desc())
    return session().scalars(statement.limit(limit)).all()


def newest(limit: int) -> Sequence[DomainName]:
    """Return the scope's newest domains that were not given up."""
    statement = select(DomainName).where(DomainName.state != DomainState.CANCELLED).order_by(DomainName.id.desc())
    return session().scalars(statement.limit(limit)).all()


def customer_names(customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of customers by id."""
    statement = select(Customer.id, Customer.name).where(Customer.id.in_(set(customer_ids)))
    return {row.id: row.name for row in session().execute(statement)}


def count_in_state(state: DomainState) -> int:
    """Return how many domains are in a state; at most a hundred."""
    return len(session().scalars(select(DomainName.id).where(DomainName.state == state).limit(100)).all())
