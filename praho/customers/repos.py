"""Queries of customers, their addresses, contacts, members and invitations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import load_only

from praho.core.db.counting import counting
from praho.core.db.scope import session
from praho.core.db.search import matching, newest
from praho.core.permissions import MemberRole
from praho.core.web.paging import Page, page_of
from praho.customers.types import CustomerFilter, CustomerOrder
from praho.models.customers import (
    AddressKind,
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerGroup,
    CustomerInvitation,
    CustomerMember,
    CustomerNote,
    CustomerStanding,
    CustomerState,
    RegistryEntry,
    VatIdCheck,
)
from praho.models.users import User


def by_public_id(public_id: str) -> Customer | None:
    """Return the customer with this public id."""
    return session().scalar(select(Customer).where(Customer.public_id == public_id))


def billing_address(customer_id: int) -> CustomerAddress | None:
    """Return where the customer's documents are addressed to."""
    statement = select(CustomerAddress).where(
        CustomerAddress.customer_id == customer_id, CustomerAddress.kind == AddressKind.BILLING
    )
    return session().scalar(statement)


def with_billing_address(customer_id: int) -> tuple[Customer, CustomerAddress] | None:
    """Return the customer and its billing address; one query."""
    statement = (
        select(Customer, CustomerAddress)
        .join(CustomerAddress, CustomerAddress.customer_id == Customer.id)
        .where(Customer.id == customer_id, CustomerAddress.kind == AddressKind.BILLING)
    )
    row = session().execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def memberships(user_id: int) -> Select[Customer, CustomerMember]:
    """Return the statement of a user's access: active member of an active customer, and active themselves."""
    return (
        select(Customer, CustomerMember)
        .join(CustomerMember, CustomerMember.customer_id == Customer.id)
        .join(User, User.id == CustomerMember.user_id)
        .where(
            CustomerMember.user_id == user_id,
            CustomerMember.active,
            User.active,
            Customer.state == CustomerState.ACTIVE,
        )
        .order_by(Customer.name_sort, Customer.id)
        # Asked for each page of the portal.
        .options(load_only(Customer.public_id, Customer.name), load_only(CustomerMember.role))
    )


def contacts(customer_id: int) -> list[CustomerContact]:
    """Return the customer's contacts by name."""
    statement = (
        select(CustomerContact)
        .where(CustomerContact.customer_id == customer_id)
        .order_by(CustomerContact.name, CustomerContact.id)
    )
    return list(session().scalars(statement))


def words_of_members(customer_id: int) -> list[tuple[str, str]]:
    """Return names and addresses of the active members; not for the portal's role, which cannot read users."""
    statement = (
        select(User.full_name, User.email)
        .join(CustomerMember, CustomerMember.user_id == User.id)
        .where(CustomerMember.customer_id == customer_id, CustomerMember.active)
    )
    return [(name, email) for name, email in session().execute(statement)]


def overview(which: str | int) -> tuple[Customer, CustomerAddress | None] | None:
    """Return the customer with this public or inner id, with its billing address where it has one; one query."""
    billing = and_(CustomerAddress.customer_id == Customer.id, CustomerAddress.kind == AddressKind.BILLING)
    named = Customer.public_id == which if isinstance(which, str) else Customer.id == which
    statement = select(Customer, CustomerAddress).outerjoin(CustomerAddress, billing).where(named)
    row = session().execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def listing(wanted: CustomerFilter, order: CustomerOrder, cursor: str | None) -> Page[Customer]:
    """Return a page of customers; one query, on an index whatever is asked."""
    statement = select(Customer)
    if wanted.kind is not None:
        statement = statement.where(Customer.kind == wanted.kind)
    named = matching(Customer.search, wanted.text)
    if order is CustomerOrder.NAME:
        keys = [Customer.name_sort, Customer.id]
        return page_of(statement, keys, cursor, descending=False, matching=named)
    return page_of(statement, [Customer.id], cursor, matching=named)


def found(query: str, limit: int) -> list[Customer]:
    """Return the customers that a prefix query finds, the newest first."""
    return list(session().scalars(newest(select(Customer), (Customer.search, query), Customer.id, limit)))


def same_cui(cui: str, but_customer_id: int) -> list[Customer]:
    """Return other customers with this CUI, the oldest first."""
    statement = select(Customer).where(Customer.cui == cui, Customer.id != but_customer_id).order_by(Customer.id)
    return list(session().scalars(statement.limit(10)))


def contact(customer_id: int, public_id: str) -> CustomerContact | None:
    """Return one of the customer's contacts."""
    return session().scalar(
        select(CustomerContact).where(
            CustomerContact.customer_id == customer_id, CustomerContact.public_id == public_id
        )
    )


def notes(customer_id: int, limit: int, before: datetime | None = None) -> list[tuple[CustomerNote, str]]:
    """Return the newest notes about a customer up to an instant, each with its author's name; one query."""
    statement = (
        select(CustomerNote, User.full_name)
        .join(User, User.id == CustomerNote.author_id)
        .where(
            CustomerNote.customer_id == customer_id, *([] if before is None else [CustomerNote.created_at <= before])
        )
        .order_by(CustomerNote.id.desc())
        .limit(limit)
    )
    return [(note, name) for note, name in session().execute(statement)]


def active_members(customer_id: int) -> list[tuple[CustomerMember, User]]:
    """Return the customer's active members; not for the portal's role. One query."""
    statement = (
        select(CustomerMember, User)
        .join(User, User.id == CustomerMember.user_id)
        .where(CustomerMember.customer_id == customer_id, CustomerMember.active)
        .order_by(CustomerMember.id)
    )
    return [(member, user) for member, user in session().execute(statement)]


def members_of(customer_id: int) -> list[CustomerMember]:
    """Return the customer's members, former ones included."""
    statement = select(CustomerMember).where(CustomerMember.customer_id == customer_id).order_by(CustomerMember.id)
    return list(session().scalars(statement))


def customer_ids_of_user(user_id: int) -> list[int]:
    """Return the customers that a user is or was a member of."""
    return list(session().scalars(select(CustomerMember.customer_id).where(CustomerMember.user_id == user_id)))


def recipients(customer_id: int, roles: set[MemberRole]) -> list[User]:
    """Return the active users who are active members in one of the roles."""
    statement = (
        select(User)
        .join(CustomerMember, CustomerMember.user_id == User.id)
        .where(
            CustomerMember.customer_id == customer_id,
            CustomerMember.active,
            CustomerMember.role.in_(roles),
            User.active,
        )
        .order_by(User.id)
    )
    return list(session().scalars(statement))


def open_invitations(customer_id: int) -> list[CustomerInvitation]:
    """Return the invitations of a customer that wait for an answer, expired ones included."""
    statement = (
        select(CustomerInvitation)
        .where(
            CustomerInvitation.customer_id == customer_id,
            CustomerInvitation.accepted_at.is_(None),
            CustomerInvitation.withdrawn_at.is_(None),
        )
        .order_by(CustomerInvitation.id.desc())
    )
    return list(session().scalars(statement))


def invitation(customer_id: int, public_id: str) -> CustomerInvitation | None:
    """Return one of the customer's invitations, whatever became of it."""
    return session().scalar(
        select(CustomerInvitation).where(
            CustomerInvitation.customer_id == customer_id, CustomerInvitation.public_id == public_id
        )
    )


def invitation_by_token(token_hash: str, now: datetime) -> tuple[CustomerInvitation, Customer] | None:
    """Return an invitation that may still be accepted, with its customer."""
    statement = (
        select(CustomerInvitation, Customer)
        .join(Customer, Customer.id == CustomerInvitation.customer_id)
        .where(
            CustomerInvitation.token_hash == token_hash,
            CustomerInvitation.accepted_at.is_(None),
            CustomerInvitation.withdrawn_at.is_(None),
            CustomerInvitation.expires_at > now,
            Customer.state == CustomerState.ACTIVE,
        )
    )
    row = session().execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def latest_vat_id_check(vat_id: str) -> VatIdCheck | None:
    """Return VIES' last answer about a number, or None; not for the portal's role."""
    statement = select(VatIdCheck).where(VatIdCheck.vat_id == vat_id).order_by(VatIdCheck.id.desc()).limit(1)
    return session().scalar(statement)


def registry_entry(cui: str) -> RegistryEntry | None:
    """Return what ANAF's register last said about a CUI, or None; not for the portal's role."""
    return session().scalar(select(RegistryEntry).where(RegistryEntry.cui == cui))


def stale_cuis(before: datetime, limit: int) -> list[str]:
    """Return CUIs of active customers about which the register has not been asked since, the longest ago first."""
    statement = (
        select(Customer.cui, func.min(RegistryEntry.answered_at))
        .outerjoin(RegistryEntry, RegistryEntry.cui == Customer.cui)
        .where(
            Customer.cui.is_not(None),
            Customer.state == CustomerState.ACTIVE,
            or_(RegistryEntry.id.is_(None), RegistryEntry.answered_at < before),
        )
        .group_by(Customer.cui)
        .order_by(func.min(RegistryEntry.answered_at).nulls_first(), Customer.cui)
        .limit(limit)
    )
    return [cui for cui, _answered in session().execute(statement) if cui is not None]


def stale_vat_ids(before: datetime, countries: Iterable[str], limit: int) -> list[str]:
    """Return VAT numbers of active customers in these countries about which VIES has given no answer since.

    Any of them: always the same first ones would be asked for ever while their state is silent.
    """
    answered = select(VatIdCheck.vat_id).where(VatIdCheck.answered_at >= before)
    statement = (
        select(Customer.vat_id)
        .join(CustomerAddress, CustomerAddress.customer_id == Customer.id)
        .where(
            Customer.vat_id.is_not(None),
            Customer.state == CustomerState.ACTIVE,
            CustomerAddress.kind == AddressKind.BILLING,
            CustomerAddress.country.in_(list(countries)),
            Customer.vat_id.not_in(answered),
        )
        .group_by(Customer.vat_id)
        .order_by(func.random())
        .limit(limit)
    )
    return [number for number in session().scalars(statement) if number is not None]


def customers_of_cui(cui: str) -> list[Customer]:
    """Return the active customers with this CUI, by id."""
    statement = select(Customer).where(Customer.cui == cui, Customer.state == CustomerState.ACTIVE)
    return list(session().scalars(statement.order_by(Customer.id)))


def troubled_companies(cursor: str | None) -> Page[Customer]:
    """Return a page of active customers that ANAF does not know, or lists as inactive or struck off."""
    return page_of(select(Customer).where(*_troubled()), [Customer.id], cursor)


def count_troubled() -> Select[Any]:
    """Count those customers."""
    return counting(Customer, *_troubled())


def registry_entries(numbers: Iterable[str]) -> dict[str, RegistryEntry]:
    """Return what ANAF's register last said about some CUIs. One query."""
    rows = session().scalars(select(RegistryEntry).where(RegistryEntry.cui.in_(list(numbers))))
    return {row.cui: row for row in rows}


def _troubled() -> tuple[ColumnElement[bool], ...]:
    trouble = or_(
        RegistryEntry.found.is_(False), RegistryEntry.inactive.is_(True), RegistryEntry.struck_off_on.is_not(None)
    )
    told = select(RegistryEntry.id).where(RegistryEntry.cui == Customer.cui, trouble).exists()
    return Customer.state == CustomerState.ACTIVE, told


def groups() -> list[CustomerGroup]:
    """Return every group of customers, by name."""
    return list(session().scalars(select(CustomerGroup).order_by(CustomerGroup.name)))


def group(public_id: str) -> CustomerGroup | None:
    """Return a group by its public id, or None."""
    return session().scalar(select(CustomerGroup).where(CustomerGroup.public_id == public_id))


def group_by_name(name: str) -> CustomerGroup | None:
    """Return a group by its name, or None."""
    return session().scalar(select(CustomerGroup).where(CustomerGroup.name == name))


def group_sizes() -> dict[int, int]:
    """Return how many customers stand in each group that has any."""
    statement = select(CustomerStanding.group_id, func.count()).group_by(CustomerStanding.group_id)
    return {row[0]: int(row[1]) for row in session().execute(statement) if row[0] is not None}


def customers_in(group_id: int, cursor: str | None) -> Page[Customer]:
    """Return a page of the customers of a group, the newest first."""
    members = select(CustomerStanding.customer_id).where(CustomerStanding.group_id == group_id)
    return page_of(select(Customer).where(Customer.id.in_(members)), [Customer.id], cursor)


def standing(customer_id: int) -> tuple[CustomerStanding, CustomerGroup | None] | None:
    """Return a customer's standing with its group, None for a customer without one. One query."""
    statement = (
        select(CustomerStanding, CustomerGroup)
        .outerjoin(CustomerGroup, CustomerGroup.id == CustomerStanding.group_id)
        .where(CustomerStanding.customer_id == customer_id)
    )
    row = session().execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])
