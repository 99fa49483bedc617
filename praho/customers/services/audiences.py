"""Who is told about a customer's money and about its technical matters."""

from collections.abc import Sequence

from praho.core.contributions import Recipient
from praho.core.db.scope import session
from praho.customers import repos
from praho.models.customers import Customer, CustomerContact, CustomerState

BILLING = "billing_contacts"
TECHNICAL = "technical_contacts"


def billing_contacts(customer_id: int) -> Sequence[Recipient]:
    """Return the billing contacts, or the customer's own address where there are none."""
    return _told(customer_id, [row for row in repos.contacts(customer_id) if row.billing])


def technical_contacts(customer_id: int) -> Sequence[Recipient]:
    """Return the technical contacts, or the customer's own address where there are none."""
    return _told(customer_id, [row for row in repos.contacts(customer_id) if row.technical])


def _told(customer_id: int, contacts: list[CustomerContact]) -> Sequence[Recipient]:
    customer = session().get(Customer, customer_id)
    if customer is None or customer.state is CustomerState.ERASED:
        return ()
    if not contacts:
        return (Recipient(customer.email, customer.name, customer.locale),)
    return tuple(Recipient(row.email, row.name, customer.locale) for row in contacts)
