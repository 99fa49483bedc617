"""Services as their pages show them. Rows belong to the scope at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import repos
from praho.provisioning.errors import NoSuchService
from praho.provisioning.services import terms


@dataclass(frozen=True, slots=True)
class OwnerLink:
    """The customer behind a service."""

    public_id: str
    name: str


def listed(state: ServiceState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[Service]:
    """Return a page of the scope's services, the newest first."""
    return repos.listed(state, search, cursor, oldest=oldest)


def owners(rows: Sequence[Service]) -> dict[int, str]:
    """Return the customers' names of some services, by the customer's id. One query."""
    return repos.customer_names(row.customer_id for row in rows)


def shown(public_id: str) -> Service:
    """Return a service of the scope; raises NoSuchService."""
    row = repos.find(public_id)
    if row is None:
        raise NoSuchService(_("There is no such service."))
    return row


def owner(row: Service) -> OwnerLink:
    """Return a service's customer."""
    customer = repos.customer_of(row.customer_id)
    assert customer is not None
    return OwnerLink(customer.public_id, customer.name)


def product_name(row: Service) -> str:
    """Return the name of a service's plan in the reader's language."""
    product = repos.product_of(row.product_id)
    assert product is not None
    return product.name.get(current_locale()) or next(iter(product.name.values()), row.plan)


def price(row: Service) -> Money:
    """Return the net price of one cycle."""
    return Money(row.price_minor, row.currency)


def last_day(row: Service) -> date | None:
    """Return the last day that is paid."""
    return None if row.term_end is None else terms.last_day(row.term_end)


def found(query: str, limit: int) -> Sequence[Service]:
    """Return the newest services that a prefix query finds."""
    return repos.found(query, limit)


def history(customer_id: int, before: datetime | None, limit: int) -> Sequence[Service]:
    """Return a customer's services that began up to and with an instant, the newest first."""
    return repos.history(customer_id, before, limit)


def of_customer(customer_id: int, limit: int) -> Sequence[Service]:
    """Return a customer's newest services."""
    return repos.of_customer(customer_id, limit)


def at_a_glance(limit: int) -> tuple[Sequence[Service], dict[ServiceState, int]]:
    """Return the services that most want to be looked at, and how many there are in each state; one query."""
    return repos.at_a_glance(limit)
