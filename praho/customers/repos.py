"""Queries of customers, their addresses, contacts, members and invitations."""

from sqlalchemy import Select, select

from praho.core.db.scope import session
from praho.models.customers import (
    AddressKind,
    Customer,
    CustomerAddress,
    CustomerContact,
    CustomerMember,
    CustomerState,
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
