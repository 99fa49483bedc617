"""Who may act for a customer, and in which role."""

from praho.core.db.scope import SystemScope, entered, session
from praho.customers import repos
from praho.customers.types import Membership
from praho.models.customers import Customer, CustomerMember


def membership(user_id: int | None, customer_public_id: str) -> Membership | None:
    """Return the user's role in the customer with this public id; None where there is none. One query.

    Access needs an active member, an active user and an active customer.
    """
    if user_id is None:
        return None
    with entered(SystemScope("membership")):
        statement = repos.memberships(user_id).where(Customer.public_id == customer_public_id)
        row = session().execute(statement).one_or_none()
        return None if row is None else _frozen(row[0], row[1])


def memberships_of(user_id: int) -> list[Membership]:
    """Return everything that the user may act for, by name. One query."""
    with entered(SystemScope("memberships")):
        return [_frozen(customer, member) for customer, member in session().execute(repos.memberships(user_id))]


def _frozen(customer: Customer, member: CustomerMember) -> Membership:
    return Membership(customer.id, customer.public_id, customer.name, member.role)
