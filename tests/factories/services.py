"""Hosting plans and services for tests: plain rows, each made in a unit of work of its own."""

import itertools
from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.core.months import add_months
from praho.core.text import search_document
from praho.models.catalogue import BillingCycle, Product, ProductGroup, SaleState
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount
from praho.models.provisioning import Service, ServiceState
from praho.provisioning.services import credentials

_numbers = itertools.count(1)


def make_plan(account: ProviderAccount | None = None, **values: Any) -> Product:
    """Insert a hosting plan on sale, with a group of its own."""
    number = next(_numbers)
    group = ProductGroup(slug=f"gazduire-{number}", name={"ro": "Găzduire"}, description={"ro": ""})
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(group)
        session.flush()
        row = Product(
            **{
                "group_id": group.id,
                "slug": f"plan-{number}",
                "name": {"ro": f"Plan {number}", "en": f"Plan {number}"},
                "description": {"ro": ""},
                "features": {"ro": []},
                "state": SaleState.ON_SALE,
                "provider_account_id": None if account is None else account.id,
                "remote_plan": "standard",
                "created_at": clock.now(),
                **values,
            }
        )
        session.add(row)
    return row


def make_service(customer: Customer, account: ProviderAccount, product: Product, **values: Any) -> Service:
    """Insert an active service with a password that nobody has seen; `values` replace the defaults."""
    number = next(_numbers)
    domain = values.get("domain_name", f"gazduit{number}.ro")
    label = values.get("label", f"Găzduire {number}")
    row = Service(
        **{
            "public_id": new_public_id("svc"),
            "customer_id": customer.id,
            "origin": f"factory_{number}",
            "product_id": product.id,
            "label": label,
            "domain_name": domain,
            "state": ServiceState.ACTIVE,
            "account_id": account.id,
            "plan": "standard",
            "contact_email": customer.email,
            "cycle": BillingCycle.ANNUAL,
            "price_minor": 19900,
            "currency": "RON",
            "term_start": clock.today(),
            "term_end": add_months(clock.today(), 12),
            "anchor_day": clock.today().day,
            "username": f"cont{number}",
            "panel_url": f"https://panel.example/{number}",
            "search": search_document(label, domain),
            "created_at": clock.now(),
            "activated_at": clock.now(),
            **values,
        }
    )
    credentials.keep(row, credentials.new_password())
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row
