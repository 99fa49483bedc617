"""What the next period of a service will cost: today's list price, less the better discount."""

import pytest

from praho.core.db.scope import CustomerScope, entered
from praho.core.i18n import in_locale
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, SaleState
from praho.provisioning.services import reading, renewing
from praho.provisioning.web import labels
from tests.factories import catalogue, customers, providers, services
from tests.factories.discounts import give_standing

ANNUAL = {BillingCycle.ANNUAL: (12_000, 2500)}


@pytest.fixture
def account(db, sandbox):
    return providers.make_provisioner(sandbox)


@pytest.fixture
def customer(account):
    return customers.make_customer()


def made(customer, account, prices=ANNUAL, sale=SaleState.ON_SALE, **values):
    product = catalogue.make_plan(account, prices, state=sale)
    return services.make_service(customer, account, product, price_minor=10_000, **values)


def next_of(service):
    with entered(CustomerScope(service.customer_id)):
        return renewing.next_period(reading.shown(service.public_id))


@pytest.mark.parametrize(
    ("minor", "cycles", "standing", "price", "words"),
    [
        (0, 0, None, 12_000, ""),
        (500, 0, None, 12_000, ""),
        (500, 1, None, 11_500, "5.00 RON less than the list price, for one more period"),
        (500, 2, None, 11_500, "5.00 RON less than the list price, for 2 more periods"),
        (500, None, None, 11_500, "5.00 RON less than the list price, for every period"),
        (500, None, 10, 10_800, "12.00 RON less than the list price: Customer discount 10%"),
        (2000, 2, 10, 10_000, "20.00 RON less than the list price, for 2 more periods"),
    ],
)
def test_the_better_discount_comes_off_today_s_list_price(customer, account, minor, cycles, standing, price, words):
    if standing is not None:
        give_standing(customer, standing)
    service = made(customer, account, renewal_discount_minor=minor, renewal_discount_cycles=cycles)
    with in_locale("en"):
        found = next_of(service)
        assert (found.price, labels.less(found)) == (Money(price, "RON"), words)


@pytest.mark.parametrize(
    "values",
    [
        {"sale": SaleState.RETIRED},
        {"prices": {BillingCycle.MONTHLY: (1000, 0)}},
        {"currency": "EUR"},
    ],
)
def test_what_is_no_longer_sold_so_has_no_figure(customer, account, values):
    assert next_of(made(customer, account, **values)) is None


def test_a_discount_above_a_lowered_list_price_leaves_nothing_to_pay(customer, account):
    service = made(customer, account, {BillingCycle.ANNUAL: (300, 0)}, renewal_discount_minor=500)
    assert next_of(service).price.is_zero
