"""Domains as their pages show them. Rows belong to the scope at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.domains import repos
from praho.domains.errors import NoSuchDomain
from praho.domains.services import registrants
from praho.models.domains import DomainName, DomainState
from praho.sdk.dto import Contact


@dataclass(frozen=True, slots=True)
class OwnerLink:
    """The customer behind a domain."""

    public_id: str
    name: str


def listed(state: DomainState | None, search: str, cursor: str | None, *, oldest: bool = False) -> Page[DomainName]:
    """Return a page of the scope's domains, the newest first."""
    return repos.listed(state, search, cursor, oldest=oldest)


def owners(rows: Sequence[DomainName]) -> dict[int, str]:
    """Return the customers' names of some domains, by the customer's id. One query."""
    return repos.customer_names(row.customer_id for row in rows)


def shown(public_id: str) -> DomainName:
    """Return a domain of the scope; raises NoSuchDomain."""
    row = repos.find(public_id)
    if row is None:
        raise NoSuchDomain(_("There is no such domain."))
    return row


def registrant(row: DomainName) -> Contact:
    """Return who the registry was told that the domain belongs to."""
    return registrants.of(row)


def owner(row: DomainName) -> OwnerLink:
    """Return a domain's customer."""
    customer = repos.customer_of(row.customer_id)
    assert customer is not None
    return OwnerLink(customer.public_id, customer.name)


def found(query: str, limit: int) -> Sequence[DomainName]:
    """Return the newest domains that a prefix query finds."""
    return repos.found(query, limit)


def history(customer_id: int, before: datetime | None, limit: int) -> Sequence[DomainName]:
    """Return a customer's domains that began up to and with an instant, the newest first."""
    return repos.history(customer_id, before, limit)


def of_customer(customer_id: int, limit: int) -> Sequence[DomainName]:
    """Return a customer's newest domains."""
    return repos.of_customer(customer_id, limit)


def at_a_glance(limit: int) -> tuple[Sequence[DomainName], dict[DomainState, int]]:
    """Return the domains that most want to be looked at, and how many there are in each state; one query."""
    return repos.at_a_glance(limit)
