"""A shop with a seller, two accounts that nobody answers at, a plan and an ending."""

from dataclasses import dataclass

import pytest

from praho.models.catalogue import BillingCycle, Product, Tld
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount, ProviderKind
from tests.factories import billing, catalogue, customers


@dataclass
class Shop:
    """What there is to buy, and who buys."""

    provisioner: ProviderAccount
    registrar: ProviderAccount
    product: Product
    tld: Tld
    customer: Customer


def open_shop() -> Shop:
    """Set up a shop in the database at hand."""
    billing.make_seller()
    provisioner = catalogue.make_offline_account(ProviderKind.PROVISIONER)
    registrar = catalogue.make_offline_account(ProviderKind.REGISTRAR)
    prices = {BillingCycle.MONTHLY: (1500, 0), BillingCycle.ANNUAL: (12_000, 2500)}
    return Shop(
        provisioner,
        registrar,
        catalogue.make_plan(provisioner, prices, slug="start", name={"ro": "Start", "en": "Starter"}),
        catalogue.make_priced_tld("ro", registrar),
        customers.make_customer(),
    )


@pytest.fixture
def shop(db, domains) -> Shop:
    """The shop in a database that forgets."""
    return open_shop()


@pytest.fixture
def live_shop(live_db, domains) -> Shop:
    """The shop in a database that commits."""
    return open_shop()
