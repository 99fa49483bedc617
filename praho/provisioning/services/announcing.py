"""Telling the customer's technical contacts that a service runs. The access data itself is never mailed."""

from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.formatting import date as format_date
from praho.customers.services import profiles
from praho.models.provisioning import ServiceState
from praho.notifications.services import sending
from praho.provisioning import repos
from praho.provisioning.services import terms

TECHNICAL_CONTACTS = "technical_contacts"


def announce(public_id: str) -> None:
    """Queue one message for each technical contact, once for each service and address."""
    with unit_of_work():
        row = repos.find(public_id)
        if row is None or row.state is not ServiceState.ACTIVE or row.term_end is None:
            return
        profile = profiles.billing_profile(row.customer_id)
        for recipient in registry().audience(TECHNICAL_CONTACTS, row.customer_id):
            sending.send(
                "provisioning/service_active",
                f"service-active:{row.public_id}:{recipient.email}",
                recipient,
                {
                    "label": row.label,
                    "domain_name": row.domain_name or "",
                    "username": row.username or "",
                    "paid_until": format_date(terms.last_day(row.term_end), recipient.locale),
                    "service_id": row.public_id,
                    "customer": profile.public_id,
                },
                customer_id=row.customer_id,
            )
