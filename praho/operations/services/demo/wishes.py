"""What the demonstration's customers order."""

import random
from datetime import timedelta

from praho.models.catalogue import BillingCycle
from praho.operations.services.demo import people, plans
from praho.operations.services.demo.cast import Invented
from praho.operations.services.demo.steps import Plan, Wish

_YEAR = timedelta(days=345)
_MONTH = timedelta(days=27)
_SUFFIXES = ("ro", "ro", "ro", "ro", "ro", "com", "com", "eu", "com.ro", "net")
_FURTHER = ("shop", "blog", "online", "evenimente", "rezervari", "oferte", "grup", "cariere")

KNOWN: tuple[tuple[str, int, tuple[Wish, ...]], ...] = (
    (people.BAKERY, 410, (Wish("cofetaria-ciresilor.ro", 2, Plan(plans.START, BillingCycle.BIENNIAL)),)),
    (people.BAKERY, 214, (Wish("torturi-ciresilor.ro", 2, Plan(plans.STORE, BillingCycle.ANNUAL)),)),
    (people.BAKERY, 96, (Wish("brutaria-ciresilor.com", 3), Wish("brutaria-ciresilor.eu", 1))),
    (people.PERSON, 338, (Wish("andrei-ionescu.com", 1, Plan("wordpress-blog", BillingCycle.ANNUAL)),)),
    (people.PERSON, 61, (Wish("ionescu-foto.com", 1, Plan(plans.START, BillingCycle.ANNUAL)),)),
)
"""What the customers with logins bought: who, how many days ago, what."""


def of(who: Invented, age: timedelta, dice: random.Random, taken: set[str], *, first: bool) -> tuple[Wish, ...]:
    """Return a cart of a customer, for terms that an order of this age has not used up by today."""
    name = _name(who, dice, taken, first=first)
    if not first and dice.random() < 0.25:
        return (Wish(name, _years(age, dice)),)
    ordered = Wish(name, _years(age, dice) if dice.random() < 0.85 else None, _plan(age, dice))
    if dice.random() < 0.15 and name.endswith(".ro") and not name.endswith(".com.ro"):
        other = name.removesuffix(".ro") + ".com"
        if other not in taken:
            taken.add(other)
            return (ordered, Wish(other, _years(age, dice)))
    return (ordered,)


def hosting(domain: str, slug: str, cycle: BillingCycle) -> tuple[Wish, ...]:
    """Return a cart with a plan for a domain that the customer has elsewhere."""
    return (Wish(domain, None, Plan(slug, cycle)),)


def free(cart: tuple[Wish, ...]) -> bool:
    """Return whether a cart costs nothing."""
    return all(wish.years is None and wish.plan is not None and wish.plan.slug == plans.FREE for wish in cart)


def _name(who: Invented, dice: random.Random, taken: set[str], *, first: bool) -> str:
    stem = who.stem if first else f"{who.stem}-{dice.choice(_FURTHER)}"
    name = f"{stem}.{dice.choice(_SUFFIXES)}"
    number = 2
    while name in taken:
        name, number = f"{stem}{number}.ro", number + 1
    taken.add(name)
    return name


def _years(age: timedelta, dice: random.Random) -> int:
    return 1 + age // _YEAR + (dice.random() < 0.2)


def _plan(age: timedelta, dice: random.Random) -> Plan:
    if age > _YEAR:
        return Plan(dice.choice((plans.START, plans.STANDARD, plans.STANDARD, plans.PRO)), BillingCycle.BIENNIAL)
    slug = dice.choice(
        (plans.START, plans.START, plans.STANDARD, plans.STANDARD, plans.STANDARD, plans.PRO, plans.BLOG, plans.STORE)
    )
    if dice.random() < 0.06:
        return Plan(plans.FREE, BillingCycle.ANNUAL)
    monthly = age < _MONTH and dice.random() < 0.5
    return Plan(slug, BillingCycle.MONTHLY if monthly else BillingCycle.ANNUAL)
