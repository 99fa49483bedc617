"""What happened at Host Carpați until today: the same for the same beginning, end and number of customers.

The customers' lives are planned one by one and then put in order of time, so that documents carry rising dates. Every
order is paid soon, late or never; what still lies ahead is left out.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from praho.core.clock import BUCHAREST
from praho.core.clock import local_date as day_of
from praho.models.catalogue import BillingCycle
from praho.operations.services.demo import abroad, cast, names, people, plans, wishes
from praho.operations.services.demo.steps import (
    Buy,
    Cancel,
    Card,
    Forget,
    Join,
    Lapse,
    LostAnswer,
    MailOutage,
    Note,
    Plan,
    Resolve,
    Step,
    Transfer,
    Wish,
)

MONTHS = 14
_LAST_19_PERCENT = date(2025, 7, 31)  # Legea 141/2025: 21 % from the next day on
_REACH = timedelta(days=120)
_SETTLING = timedelta(days=2)
_STANDING = timedelta(days=60)
_YOUNG = timedelta(days=12)
_UNSETTLED = timedelta(days=45)
_IN_TROUBLE = 4
_ASKED = 26
DAYS_TO_PAY = 14


@dataclass(frozen=True, slots=True)
class Period:
    """The instants between which the story happens, UTC."""

    begin: datetime
    end: datetime

    @property
    def days(self) -> int:
        """Its length."""
        return (self.end - self.begin).days


def period(now: datetime) -> Period:
    """Return the fourteen months until `now`, or some more where the days of 19 % VAT are near."""
    first = day_of(now) - timedelta(days=MONTHS * 365 // 12)
    reached = _LAST_19_PERCENT - timedelta(days=20)
    if reached < first < reached + _REACH:
        first = reached
    return Period(_at(first, 9, 0), now)


def plan(size: int, within: Period) -> list[Step]:
    """Return the steps of `size` invented customers, in order of time."""
    taken: set[str] = set()
    steps = [step for number in range(1, size + 1) for step in _life(cast.customer(number), within, taken)]
    if size:
        steps += _known(within)
        steps += abroad.steps(within.end)
        steps += _troubles(steps, within)
        steps += _forgotten(steps, within)
    return sorted((step for step in steps if step.at < within.end), key=lambda step: (step.at, step.key))


def _paid(key: str, ordered: datetime, dice: random.Random, age: timedelta) -> Iterator[Step]:
    """Yield how an order ends: by card, by transfer, wrongly paid, taken back, or never paid at all."""
    fate = dice.random()
    if age < _YOUNG and fate < 0.45:
        return
    if fate < 0.54:
        minutes = dice.randint(2, 9)
        if dice.random() < 0.2:
            yield Step(ordered + timedelta(minutes=minutes), f"{key}-declined", Card(key, declined=True))
            minutes += dice.randint(3, 12)
        yield Step(ordered + timedelta(minutes=minutes), f"{key}-card", Card(key))
    elif fate < 0.83:
        yield _transferred(key, ordered, dice)
    elif fate < 0.88:
        yield from _wrongly_paid(key, ordered, dice, age)
    elif fate < 0.93:
        yield Step(ordered + timedelta(hours=dice.randint(2, 70)), f"{key}-cancelled", Cancel(key))
    else:
        last_day = day_of(ordered) + timedelta(days=DAYS_TO_PAY)
        yield Step(_at(last_day + timedelta(days=1), 1, 0), f"{key}-lapsed", Lapse())


def _life(who: cast.Invented, within: Period, taken: set[str]) -> Iterator[Step]:
    dice = cast.chance("life", who.number)
    joined = _office_hour(within.begin + (within.end - within.begin - _SETTLING) * dice.random() ** 0.85, dice)
    yield Step(joined, f"c{who.number}", Join(who))
    at = joined + timedelta(minutes=dice.randint(1, 25))
    for number in range(1, _orders(dice) + 1):
        key = f"o{who.number}-{number}"
        age = within.end - at
        bought = wishes.of(who, age, dice, taken, first=number == 1)
        yield Step(at, key, Buy(who.number, bought, by_staff=dice.random() < 0.08))
        if not wishes.free(bought):
            yield from _paid(key, at, dice, age)
        at = _office_hour(at + timedelta(days=dice.randint(9, 160)), dice)
    if dice.random() < 0.3:
        words = names.NOTES[who.number % len(names.NOTES)]
        yield Step(joined + timedelta(days=dice.randint(1, 30)), f"n{who.number}", Note(who.number, words))


def _known(within: Period) -> Iterator[Step]:
    """Yield what the customers with logins have bought before, and two whose VAT changed before they paid."""
    dice = cast.chance("known")
    for number, (email, days, bought) in enumerate(wishes.KNOWN, start=1):
        at = _office_hour(within.end - timedelta(days=min(days, within.days - 1)), dice)
        yield Step(at, f"k{number}", Buy(email, bought))
        yield Step(at + timedelta(minutes=6), f"k{number}-card", Card(f"k{number}"))
    for number, offset in enumerate((2, 4), start=1):
        at = _at(_LAST_19_PERCENT - timedelta(days=offset), 11, 20 + number)
        if at < within.begin:
            continue
        bought = wishes.hosting(f"arhiva-{number}-cireselor.ro", "gazduire-start", BillingCycle.BIENNIAL)
        yield Step(at, f"v{number}", Buy(people.BAKERY if number == 1 else people.PERSON, bought))
        paid_at = _at(_LAST_19_PERCENT + timedelta(days=number + 3), 10, 5)
        yield Step(paid_at, f"v{number}-paid", Transfer(f"v{number}", f"OP {440 + number}"))


def _troubles(steps: list[Step], within: Period) -> Iterator[Step]:
    """Yield what went wrong of late, with customers of some standing: a lost name, lost mails, a lost answer."""
    joined = [step.action.who for step in steps if isinstance(step.action, Join) and step.at < within.end - _STANDING]
    old = [who for who in joined if who.stem]  # buyers from abroad have no domain's name to build on
    if len(old) < _IN_TROUBLE:
        return
    first, second, third, fourth = old[:_IN_TROUBLE]
    noon = _at(day_of(within.end), 12, 0)
    wanted = (Wish("targul-de-toamna.ro", 1, Plan(plans.STANDARD, BillingCycle.ANNUAL)),)
    for key, who, days in (("t1", first, 19), ("t2", second, 17)):
        at = noon - timedelta(days=days)
        yield Step(at, key, Buy(who.number, wanted))
        yield Step(at + timedelta(minutes=4), f"{key}-card", Card(key))
    yield Step(noon - timedelta(days=9), "t3", LostAnswer(third.number, f"{third.stem}-clienti.ro"))
    letters = (Wish(f"{fourth.stem}-noutati.ro", 1),)
    yield Step(noon - timedelta(days=6), "t4", MailOutage(Buy(fourth.number, letters)))


def _forgotten(steps: list[Step], within: Period) -> Iterator[Step]:
    """Yield that a customer asked to be forgotten, the one whose last order was the longest ago."""
    at = _at(day_of(within.end) - timedelta(days=_ASKED), 12, 0)
    known = [step.action.who.number for step in steps if isinstance(step.action, Join) and step.at < at]
    last = {step.action.buyer: step.at for step in steps if isinstance(step.action, Buy)}
    if known:
        yield Step(at, "forget", Forget(min(known, key=lambda number: last.get(number, within.begin))))


def _orders(dice: random.Random) -> int:
    """Return how many orders a customer makes, should the time be enough."""
    return 1 + (dice.random() < 0.6) + (dice.random() < 0.3) + (dice.random() < 0.12)


def _transferred(key: str, ordered: datetime, dice: random.Random) -> Step:
    late = timedelta(days=dice.choice((1, 1, 1, 2, 2, 3, 4, 5, 7, 10)))
    return Step(_office_hour(ordered + late, dice), f"{key}-paid", Transfer(key, _reference(dice)))


def _wrongly_paid(key: str, ordered: datetime, dice: random.Random, age: timedelta) -> Iterator[Step]:
    """Yield a transfer, often of more than was asked, and the same once more by mistake: staff send that one back.

    What came of late still waits for them.
    """
    paid = _office_hour(ordered + timedelta(days=1), dice)
    surplus, reference = dice.choice((0, 500, 5000)), _reference(dice)
    yield Step(paid, f"{key}-paid", Transfer(key, reference, surplus))
    yield Step(paid + timedelta(days=1), f"{key}-twice", Transfer(key, reference))
    if age < _UNSETTLED:
        return
    words = "Plata făcută a doua oară din greșeală a fost returnată în contul plătitorului."
    yield Step(paid + timedelta(days=2), f"{key}-resolved", Resolve(f"{key}-twice", words))


def _reference(dice: random.Random) -> str:
    return dice.choice((f"OP {dice.randint(12, 980)}", f"FT26{dice.randint(10**7, 10**8 - 1)}"))


def _office_hour(instant: datetime, dice: random.Random) -> datetime:
    """Return a minute between eight and eight, Bucharest's time, on the day of the instant or the next one."""
    local = instant.astimezone(BUCHAREST)
    chosen = _at(local.date(), dice.randint(8, 19), dice.randint(0, 59))
    return chosen if chosen >= instant else _at(local.date() + timedelta(days=1), 8, dice.randint(0, 59))


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), BUCHAREST)
