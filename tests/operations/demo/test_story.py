"""The invented people of the demonstration and the plan of what they did: pure, and the same at every start."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from praho.core import clock
from praho.core.identifiers import cnp, cui, domain_name
from praho.customers.services import checking
from praho.models.catalogue import BillingCycle
from praho.operations.services.demo import abroad, cast, identities, plans, steps, story, wishes

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> list[steps.Step]:
    return story.plan(60, story.period(NOW))


def of(told, kind):
    return [step for step in told if isinstance(step.action, kind)]


def test_numbers_are_right_and_nobodys():
    numbers = [identities.cui(number) for number in range(1, 3000)]
    assert len(set(numbers)) == len(numbers)
    assert {cui.parse(number).number[:2] for number in numbers} == {"98"}
    born = date(1994, 2, 28)
    codes = [cnp.parse(identities.cnp(number, born, woman=number % 3 == 0)) for number in range(100)]
    assert {code.digits[7:9] for code in codes} == {"47", "48"}
    assert all(code.birth_date == born for code in codes)
    with pytest.raises(ValueError, match="after 1980"):
        identities.cnp(1, date(1980, 12, 31), woman=False)


def test_every_customer_passes_the_checks_and_has_an_address_of_its_own():
    customers = [cast.customer(number) for number in range(1, 400)]
    assert customers == [cast.customer(number) for number in range(1, 400)]
    checked = [checking.checked(customer.typed) for customer in customers]
    assert len({each.email for each in checked}) == len(checked)
    assert all(each.email.endswith(".example") for each in checked)
    kinds = Counter(each.kind for each in checked)
    assert min(kinds.values()) > 100
    assert any(each.address.city == "SECTOR3" for each in checked)


def test_the_story_is_the_same_at_every_start_and_goes_forward(told):
    assert told == story.plan(60, story.period(NOW))
    assert len({step.key for step in told}) == len(told)
    assert [step.at for step in told] == sorted(step.at for step in told)
    assert told[-1].at < NOW
    assert len(of(told, steps.Join)) == 60 + len(list(abroad.steps(NOW))) // 3


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("days", range(0, 360, 15))
def test_on_every_day_even_a_few_customers_want_names_that_exist(size, days):
    planned = story.plan(size, story.period(NOW + timedelta(days=days)))
    bought = [step.action for step in planned if isinstance(step.action, steps.Buy)]
    bought += [step.action.order for step in planned if isinstance(step.action, steps.MailOutage)]
    names = [wish.domain for action in bought for wish in action.wishes]
    names += [step.action.domain for step in planned if isinstance(step.action, steps.LostAnswer)]
    assert [name for name in names if name and not domain_name.parse(name)] == []


def test_everything_that_pages_show_happens(told):
    wanted = (
        steps.Note, steps.Cancel, steps.Lapse, steps.Resolve, steps.MailOutage, steps.LostAnswer, steps.Transfer,
        steps.Forget,
    )  # fmt: skip
    assert all(of(told, kind) for kind in wanted)
    cards = Counter(step.action.declined for step in of(told, steps.Card))
    assert min(cards[True], cards[False]) > 5
    bought = of(told, steps.Buy)
    assert any(step.action.by_staff for step in bought)
    cycles = {wish.plan.cycle for step in bought for wish in step.action.wishes if wish.plan}
    assert cycles == {BillingCycle.MONTHLY, BillingCycle.ANNUAL, BillingCycle.BIENNIAL}


def test_an_order_is_placed_by_who_joined_and_paid_after_it_was_placed(told):
    joined = {step.action.who.number: step.at for step in of(told, steps.Join)}
    placed = {step.key: step.at for step in of(told, steps.Buy)}
    for step in of(told, steps.Buy):
        assert isinstance(step.action.buyer, str) or joined[step.action.buyer] < step.at
    for step in (*of(told, steps.Transfer), *of(told, steps.Card), *of(told, steps.Cancel)):
        assert placed[step.action.order] < step.at


def test_no_name_is_wanted_twice_but_the_one_that_is_lost(told):
    wanted = Counter(
        wish.domain for step in of(told, steps.Buy) for wish in step.action.wishes if wish.years is not None
    )
    assert [name for name, times in wanted.items() if times > 1] == ["targul-de-toamna.ro"]


def test_no_term_has_run_out_by_today(told):
    for step in of(told, steps.Buy):
        age = NOW - step.at
        for wish in step.action.wishes:
            assert wish.years is None or age < timedelta(days=365 * wish.years)
            if wish.plan is not None:
                months = {BillingCycle.MONTHLY: 1, BillingCycle.ANNUAL: 12, BillingCycle.BIENNIAL: 24}[wish.plan.cycle]
                assert age < timedelta(days=30 * months)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), date(2025, 7, 11)),
        (datetime(2026, 8, 20, tzinfo=UTC), date(2025, 6, 21)),
        (datetime(2027, 6, 1, tzinfo=UTC), date(2026, 4, 2)),
    ],
)
def test_the_period_reaches_the_last_days_of_19_percent_where_they_are_near(now, first):
    assert clock.local_date(story.period(now).begin) == first


def test_nobody_with_a_past_is_no_story():
    assert story.plan(0, story.period(NOW)) == []


def test_a_free_cart_is_known():
    assert wishes.free(wishes.hosting("a.ro", plans.FREE, BillingCycle.ANNUAL))
    assert not wishes.free((steps.Wish("a.ro", 1),))
