"""Endings and domains for tests: plain rows, each made in a unit of work of its own."""

import itertools
from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.core.text import search_document
from praho.domains.services import registrants
from praho.models.catalogue import SaleState, Tld
from praho.models.customers import Customer
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import ProviderAccount
from tests.domains.samples import REGISTRANT

_numbers = itertools.count(1)


def make_tld(name: str, account: ProviderAccount | None, **values: Any) -> Tld:
    """Insert an ending on sale through a registrar account."""
    row = Tld(
        **{
            "name": name,
            "provider_account_id": None if account is None else account.id,
            "state": SaleState.ON_SALE,
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def make_domain(customer: Customer, account: ProviderAccount, **values: Any) -> DomainName:
    """Insert an active domain of a customer; `values` replace the defaults."""
    number = next(_numbers)
    name = values.get("name", f"domeniu{number}.ro")
    row = DomainName(
        **{
            "public_id": new_public_id("dom"),
            "customer_id": customer.id,
            "origin": f"factory_{number}",
            "name": name,
            "tld": name.partition(".")[2],
            "state": DomainState.ACTIVE,
            "account_id": account.id,
            "years": 1,
            "registrant": registrants.to_json(REGISTRANT),
            "nameservers": ["ns1.exemplu.ro", "ns2.exemplu.ro"],
            "registered_on": clock.today(),
            "expires_on": clock.today().replace(day=1, year=clock.today().year + 1),
            "search": search_document(name),
            "created_at": clock.now(),
            "activated_at": clock.now(),
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row
