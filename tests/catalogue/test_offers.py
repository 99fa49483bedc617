"""What the shop shows: what is on sale, in the reader's language, with honest savings."""

import pytest

from praho.catalogue.services import offers
from praho.core.db.scope import AnonymousScope, entered
from praho.core.errors import NotFound
from praho.core.i18n import in_locale
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, SaleState
from praho.models.integrations import ProviderKind
from tests.factories import catalogue

MONTHLY, ANNUAL, BIENNIAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL, BillingCycle.BIENNIAL


@pytest.fixture
def provisioner(db):
    return catalogue.make_offline_account(ProviderKind.PROVISIONER)


def shelves():
    with entered(AnonymousScope()):
        return offers.shelves("RON")


def cycles_of(slug):
    with entered(AnonymousScope()):
        return {one.cycle: one for one in offers.plan(slug, "RON").cycles}


def test_shelves_stand_in_order_and_hold_what_is_on_sale(provisioner):
    second = catalogue.make_group(position=2)
    first = catalogue.make_group(position=1)
    hidden, empty = catalogue.make_group(visible=False), catalogue.make_group()
    for position, group in ((2, first), (1, first), (1, second), (1, hidden)):
        catalogue.make_plan(provisioner, group=group, position=position, slug=f"{group.slug}-{position}")
    catalogue.make_plan(provisioner, group=empty, state=SaleState.RETIRED)
    catalogue.make_plan(provisioner, {}, group=empty)
    assert [(shelf.slug, [plan.slug for plan in shelf.plans]) for shelf in shelves()] == [
        (first.slug, [f"{first.slug}-1", f"{first.slug}-2"]),
        (second.slug, [f"{second.slug}-1"]),
    ]


def test_a_plan_on_a_hidden_shelf_can_be_linked_to(provisioner):
    product = catalogue.make_plan(provisioner, group=catalogue.make_group(visible=False))
    with entered(AnonymousScope()):
        assert offers.plan(product.slug, "RON").slug == product.slug


@pytest.mark.parametrize("values", [{"state": SaleState.DRAFT}, {"state": SaleState.RETIRED}])
def test_a_plan_that_is_not_sold_does_not_exist(provisioner, values):
    product = catalogue.make_plan(provisioner, **values)
    with entered(AnonymousScope()), pytest.raises(NotFound):
        offers.plan(product.slug, "RON")


def test_texts_are_in_the_readers_language_or_romanian(provisioner):
    product = catalogue.make_plan(
        provisioner,
        name={"ro": "Început", "en": "Start"},
        description={"ro": "Pentru un site."},
        features={"ro": ["zece"], "en": ["ten"]},
    )
    with entered(AnonymousScope()), in_locale("en"):
        offer = offers.plan(product.slug, "RON")
    assert (offer.name, offer.description, offer.features) == ("Start", "Pentru un site.", ("ten",))


def test_savings_compare_with_the_shortest_period_and_are_not_rounded_up(provisioner):
    found = cycles_of(
        catalogue.make_plan(provisioner, {MONTHLY: (1000, 0), ANNUAL: (10_001, 0), BIENNIAL: (24_000, 0)}).slug
    )
    # 10,001 of 12,000 saves 16.66 %; two years at twelve months' price save nothing.
    assert [found[cycle].saving for cycle in (MONTHLY, ANNUAL, BIENNIAL)] == [0, 16, 0]
    assert found[ANNUAL].per_month == Money(833, "RON")


def test_a_dearer_long_period_is_no_saving_and_a_free_one_is_the_whole(provisioner):
    found = cycles_of(
        catalogue.make_plan(provisioner, {MONTHLY: (1000, 0), ANNUAL: (13_000, 0), BIENNIAL: (0, 0)}).slug
    )
    assert [found[cycle].saving for cycle in (ANNUAL, BIENNIAL)] == [0, 100]


def test_nothing_is_cheaper_than_free(provisioner):
    found = cycles_of(catalogue.make_plan(provisioner, {MONTHLY: (0, 0), ANNUAL: (5000, 0)}).slug)
    assert [found[cycle].saving for cycle in (MONTHLY, ANNUAL)] == [0, 0]


def test_the_first_price_shown_is_the_cheapest_month(provisioner):
    product = catalogue.make_plan(provisioner, {MONTHLY: (1000, 0), ANNUAL: (9000, 5000), BIENNIAL: (20_000, 0)})
    with entered(AnonymousScope()):
        assert offers.plan(product.slug, "RON").from_price.cycle is ANNUAL


def test_endings_show_what_they_are_sold_for(db):
    registrar = catalogue.make_offline_account(ProviderKind.REGISTRAR)
    catalogue.make_priced_tld("ro", registrar, {1: 5000, 3: 14_000}, position=2)
    catalogue.make_priced_tld("com", registrar, {2: 9000}, position=1, min_years=2)
    catalogue.make_priced_tld("eu", registrar, {})
    with entered(AnonymousScope()):
        found = offers.suffixes("RON")
    assert [(one.name, dict(one.register), one.first_year) for one in found] == [
        ("com", {2: Money(9000, "RON")}, Money(9000, "RON")),
        ("ro", {1: Money(5000, "RON"), 3: Money(14_000, "RON")}, Money(5000, "RON")),
    ]
    assert found[1].renew_year == Money(6000, "RON")


def test_the_shop_costs_three_queries_whatever_it_holds(provisioner, count_queries):
    counts = []
    for _round in range(2):
        for _number in range(10):
            catalogue.make_plan(provisioner)
        with count_queries() as counted:
            shelves()
        counts.append(counted.count)
    assert counts == [3, 3]
