"""The invented customers of the demonstration: the n-th is the same one whenever and however many are made."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from praho.core import text
from praho.core.identifiers import counties
from praho.customers.types import ContactInput, CustomerInput
from praho.models.customers import CustomerKind
from praho.operations.services.demo import identities, names

_COMPANIES = 0.58
_SOLE_TRADERS = 0.12
_VAT_PAYERS = 0.7
_ENGLISH = 0.06


@dataclass(frozen=True, slots=True)
class Invented:
    """A customer: what its owner typed, who the owner is, and the stem of the domain names that it wants."""

    number: int
    typed: CustomerInput
    owner: str
    stem: str
    contacts: tuple[ContactInput, ...]
    ip: str


def chance(*about: object) -> random.Random:
    """Return the dice for one subject: the same throws at every start."""
    return random.Random(":".join(("host-carpati", *map(str, about))))


def customer(number: int) -> Invented:
    """Return the n-th invented customer, counted from 1."""
    dice = chance("customer", number)
    woman = dice.random() < 0.5
    owner = f"{dice.choice(names.WOMEN if woman else names.MEN)} {dice.choice(names.FAMILIES)}"
    if dice.random() < _COMPANIES:
        return _company(number, owner, dice)
    return _person(number, owner, dice, woman=woman)


def _company(number: int, owner: str, dice: random.Random) -> Invented:
    bare = _company_name(number)
    stem = _slug(bare)
    sole = dice.random() < _SOLE_TRADERS
    name = f"{bare} {_family(owner)} Î.I." if sole else f"{bare} S.R.L."
    place = _place(number, dice)
    county = counties.parse(place["county"]).number
    typed = CustomerInput(
        kind=CustomerKind.COMPANY,
        name=name,
        email=f"office@{stem}.example",
        cui=identities.cui(number),
        vat_payer=dice.random() < _VAT_PAYERS,
        reg_com=f"{'F' if sole else 'J'}{county:02}/{dice.randint(40, 4800)}/{dice.randint(2004, 2023)}",
        locale="en" if dice.random() < _ENGLISH else "ro",
        **place,
    )
    return Invented(number, typed, owner, stem, _contacts(number, stem, dice), identities.ip(number))


def _person(number: int, owner: str, dice: random.Random, *, woman: bool) -> Invented:
    stem = _slug(owner)
    born = date(1981, 1, 1) + timedelta(days=dice.randint(0, 8800))
    typed = CustomerInput(
        kind=CustomerKind.PERSON,
        name=owner,
        email=f"{stem}{number}@posta.example",
        cnp=identities.cnp(number, born, woman=woman) if dice.random() < 0.4 else "",
        locale="en" if dice.random() < _ENGLISH else "ro",
        **_place(number, dice),
    )
    return Invented(number, typed, owner, stem, (), identities.ip(number))


def _place(number: int, dice: random.Random) -> dict[str, Any]:
    town = dice.choice(names.TOWNS)
    street = f"{dice.choice(names.STREETS)} nr. {dice.randint(1, 140)}"
    if dice.random() < 0.4:
        street += f", bl. {dice.choice('ABCDE')}{dice.randint(1, 30)}, ap. {dice.randint(1, 60)}"
    return {
        "street": street,
        "city": town.name,
        "county": town.county,
        "post_code": f"{town.post_code}{dice.randint(11, 699):03}",
        "phone": identities.mobile(number),
    }


def _company_name(number: int) -> str:
    """Return a trade with a brand: all pairs come up before one comes again, and then it carries a number."""
    pairs = len(names.TRADES) * len(names.BRANDS)
    round_, place = divmod(number * 47, pairs)
    trade, brand = divmod(place * 31 % pairs, len(names.BRANDS))
    again = f" {round_ + 1}" if number > pairs else ""
    return f"{names.TRADES[trade]} {names.BRANDS[brand]}{again}"


def _contacts(number: int, stem: str, dice: random.Random) -> tuple[ContactInput, ...]:
    found = []
    if dice.random() < 0.45:
        who = f"{dice.choice(names.WOMEN)} {dice.choice(names.FAMILIES)}"
        found.append(ContactInput(who, f"contabilitate@{stem}.example", identities.mobile(number + 1), billing=True))
    if dice.random() < 0.2:
        who = f"{dice.choice(names.MEN)} {dice.choice(names.FAMILIES)}"
        found.append(ContactInput(who, f"it@{stem}.example", identities.mobile(number + 2), technical=True))
    return tuple(found)


def _family(owner: str) -> str:
    return owner.rpartition(" ")[2]


def _slug(name: str) -> str:
    return "-".join(text.words(name))
