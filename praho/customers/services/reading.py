"""Customers as pages show them."""

from collections.abc import Sequence
from datetime import datetime

from praho.core.db.scope import SystemScope, entered
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import cnp
from praho.core.web.paging import Page
from praho.customers import repos
from praho.customers.types import (
    Contact,
    CustomerFilter,
    CustomerOrder,
    CustomerOverview,
    CustomerRow,
    Member,
    Note,
    PostalAddress,
)
from praho.models.customers import Customer, CustomerAddress

_NOTES = 20


def overview(public_id: str) -> CustomerOverview:
    """Return a customer that the scope at hand may see; raise NotFound. One query."""
    row = repos.overview(public_id)
    if row is None:
        raise NotFound(_("There is no such customer."))
    return _overview(*row)


def overview_of(customer_id: int) -> CustomerOverview:
    """Return a customer by its inner id, in the scope at hand; raise NotFound. One query."""
    row = repos.overview(customer_id)
    if row is None:
        raise NotFound(_("There is no such customer."))
    return _overview(*row)


def listing(wanted: CustomerFilter, order: CustomerOrder, cursor: str | None) -> Page[CustomerRow]:
    """Return a page of customers in a staff scope; one query."""
    page = repos.listing(wanted, order, cursor)
    return Page([_row(customer) for customer in page.items], page.previous, page.next)


def found(query: str, limit: int) -> Sequence[CustomerRow]:
    """Return the customers that a prefix query finds; one query."""
    return [_row(customer) for customer in repos.found(query, limit)]


def same_company(customer_id: int, cui: str | None) -> Sequence[CustomerRow]:
    """Return other customers with the same CUI, for staff to know of; a query where there is a CUI."""
    return [] if cui is None else [_row(customer) for customer in repos.same_cui(cui, customer_id)]


def contacts(customer_id: int) -> list[Contact]:
    """Return the customer's contacts by name; one query."""
    return [
        Contact(row.public_id, row.name, row.email, row.phone, row.billing, row.technical)
        for row in repos.contacts(customer_id)
    ]


def notes(customer_id: int) -> list[Note]:
    """Return the newest notes about a customer, in a staff scope; one query."""
    return [Note(row.public_id, author, row.body, row.created_at) for row, author in repos.notes(customer_id, _NOTES)]


def notes_until(customer_id: int, before: datetime | None, limit: int) -> list[Note]:
    """Return the notes about a customer up to and with an instant, newest first, in a staff scope; one query."""
    return [
        Note(row.public_id, author, row.body, row.created_at) for row, author in repos.notes(customer_id, limit, before)
    ]


def active_members(customer_id: int) -> list[Member]:
    """Return the active members of a customer whose pages the caller may see; one query."""
    with entered(SystemScope("members of a customer")):
        return [
            Member(row.public_id, user.id, user.full_name, user.email, row.role, row.created_at)
            for row, user in repos.active_members(customer_id)
        ]


def _overview(customer: Customer, address: CustomerAddress | None) -> CustomerOverview:
    personal = customer.cnp
    return CustomerOverview(
        id=customer.id,
        public_id=customer.public_id,
        kind=customer.kind,
        state=customer.state,
        name=customer.name,
        email=customer.email,
        phone=customer.phone,
        cui=customer.cui,
        vat_payer=customer.vat_payer,
        vat_id=customer.vat_id,
        reg_com=customer.reg_com,
        cnp_masked=None if personal is None else cnp.mask(personal),
        iban=customer.iban,
        locale=customer.locale,
        currency=customer.currency,
        address=None if address is None else _address(address),
        created_at=customer.created_at,
    )


def _address(row: CustomerAddress) -> PostalAddress:
    return PostalAddress(row.street, row.city, row.county_code, row.post_code, row.country)


def _row(customer: Customer) -> CustomerRow:
    printed = f"RO{customer.cui}" if customer.cui is not None and customer.vat_payer else customer.cui
    printed = printed or customer.vat_id
    return CustomerRow(
        public_id=customer.public_id,
        kind=customer.kind,
        state=customer.state,
        name=customer.name,
        email=customer.email,
        printed_cui=printed,
        created_at=customer.created_at,
    )
