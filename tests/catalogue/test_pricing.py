"""What things cost: free is a price, unset is none, and nothing is guessed."""

import pytest

from praho.catalogue.errors import NotForSale
from praho.catalogue.services import pricing
from praho.core.db.scope import AnonymousScope, entered
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation, SaleState
from praho.models.integrations import ProviderKind
from tests.factories import catalogue

REGISTER, RENEW, TRANSFER = DomainOperation.REGISTER, DomainOperation.RENEW, DomainOperation.TRANSFER


@pytest.fixture
def provisioner(db):
    return catalogue.make_offline_account(ProviderKind.PROVISIONER)


@pytest.fixture
def registrar(db):
    return catalogue.make_offline_account(ProviderKind.REGISTRAR)


def plan(slug, cycle, currency="RON"):
    with entered(AnonymousScope()):
        return pricing.plan(slug, cycle, currency)


def domain(name, operation=REGISTER, years=1, currency="RON"):
    with entered(AnonymousScope()):
        return pricing.domain(name, operation, years, currency)


@pytest.mark.parametrize(
    ("cycle", "price"),
    [
        (BillingCycle.MONTHLY, (0, 0)),
        (BillingCycle.QUARTERLY, (3000, 1500)),
        (BillingCycle.SEMIANNUAL, None),
        (BillingCycle.ANNUAL, (12_000, 0)),
        (BillingCycle.BIENNIAL, (0, 2500)),
        (BillingCycle.TRIENNIAL, None),
    ],
)
def test_zero_is_free_and_unset_is_not_sold(provisioner, cycle, price):
    table = {
        BillingCycle.MONTHLY: (0, 0),
        BillingCycle.QUARTERLY: (3000, 1500),
        BillingCycle.ANNUAL: (12_000, 0),
        BillingCycle.BIENNIAL: (0, 2500),
    }
    product = catalogue.make_plan(provisioner, table)
    if price is None:
        with pytest.raises(NotForSale):
            plan(product.slug, cycle)
        return
    found = plan(product.slug, cycle)
    assert (found.amount, found.setup) == (Money(price[0], "RON"), Money(price[1], "RON"))
    assert (found.provider_account_id, found.remote_plan) == (provisioner.id, "start")


def test_a_price_holds_for_its_own_currency(provisioner):
    product = catalogue.make_plan(provisioner)
    with pytest.raises(NotForSale):
        plan(product.slug, BillingCycle.ANNUAL, "EUR")


@pytest.mark.parametrize("state", [SaleState.DRAFT, SaleState.RETIRED])
def test_what_is_not_on_sale_has_no_price(provisioner, registrar, state):
    product = catalogue.make_plan(provisioner, state=state)
    catalogue.make_priced_tld("ro", registrar, state=state)
    with pytest.raises(NotForSale):
        plan(product.slug, BillingCycle.ANNUAL)
    with pytest.raises(InvalidDomainName):
        domain("exemplu.ro")


def test_an_unknown_plan_has_no_price(db):
    with pytest.raises(NotForSale):
        plan("nothing", BillingCycle.ANNUAL)


def test_the_longest_ending_decides(registrar):
    catalogue.make_priced_tld("ro", registrar, {1: 5000})
    catalogue.make_priced_tld("com.ro", registrar, {1: 3500})
    assert domain("exemplu.ro").amount == Money(5000, "RON")
    found = domain("Exemplu.COM.ro.")
    assert (found.amount, found.tld, found.name) == (Money(3500, "RON"), "com.ro", "exemplu.com.ro")


def test_years_together_and_never_multiplied(registrar):
    catalogue.make_priced_tld("ro", registrar, {1: 5000, 2: 9000, 5: 0})
    assert domain("exemplu.ro", years=2).amount == Money(9000, "RON")
    assert domain("exemplu.ro", years=5).amount == Money(0, "RON")
    for years in (0, 3, 10, 11):
        with pytest.raises(NotForSale):
            domain("exemplu.ro", years=years)


def test_years_outside_the_endings_range_are_not_sold(registrar):
    catalogue.make_priced_tld("com", registrar, {1: 5000, 2: 9000, 3: 13_000}, min_years=2, max_years=2)
    assert domain("exemplu.com", years=2).amount == Money(9000, "RON")
    for years in (1, 3):
        with pytest.raises(NotForSale):
            domain("exemplu.com", years=years)


def test_operations_have_prices_of_their_own(registrar):
    catalogue.make_priced_tld("ro", registrar, {1: 5000})
    assert domain("exemplu.ro", RENEW).amount == Money(6000, "RON")
    with pytest.raises(NotForSale):
        domain("exemplu.ro", TRANSFER)


@pytest.mark.parametrize("name", ["www.exemplu.ro", "a.b.exemplu.ro"])
def test_a_name_below_a_name_is_not_sold(registrar, name):
    catalogue.make_priced_tld("ro", registrar)
    with pytest.raises(NotForSale):
        domain(name)


@pytest.mark.parametrize("name", ["", "ro", "exemplu", "exem plu.ro", "exemplu.xyz", "-a.ro"])
def test_what_is_no_name_of_ours_is_refused(registrar, name):
    catalogue.make_priced_tld("ro", registrar)
    with pytest.raises(InvalidDomainName):
        domain(name)


def test_names_are_priced_in_ascii_and_shown_as_read(registrar):
    catalogue.make_priced_tld("ro", registrar)
    found = domain("Brutăria.ro")
    assert (found.name, found.shown) == ("xn--brutria-c4a.ro", "brutăria.ro")


def test_a_book_answers_without_asking_again(provisioner, registrar, count_queries):
    product = catalogue.make_plan(provisioner)
    for name in ("ro", "com", "eu"):
        catalogue.make_priced_tld(name, registrar)
    with entered(AnonymousScope()), count_queries() as counted:
        book = pricing.for_items([product.id], "RON", with_domains=True)
        for name in ("a.ro", "b.com", "c.eu") * 20:
            book.domain(name, REGISTER, 1)
            book.plan(product.id, BillingCycle.ANNUAL)
    assert counted.count == 4
