"""What differs between the copies of a prototype: each text and number of the original, as a function of the copy."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.seeding import originals as reading
from benchmarks.seeding import people
from benchmarks.seeding.originals import Originals
from benchmarks.seeding.prototypes import Prototype
from praho.core import text

Varied = Callable[[int], str]
"""What stands in the copy of a number, counted from 0."""
_NUMBERED = (("billing_document", "number_text"), ("orders_order", "number"))
_DIGITS = re.compile(r"^(.*?)(\d+)$")
_ID_DIGITS = 7


@dataclass
class Numbers:
    """Numbers beyond those that are taken, for `copies` copies of each original, in the originals' order."""

    copies: int
    starts: dict[str, int] = field(default_factory=dict)
    ranks: dict[str, dict[str, int]] = field(default_factory=dict)

    def take(self, kind: str, taken: set[str]) -> None:
        """Note the originals of a kind: the keys of a table, or the numbers that follow a prefix."""
        known = {*self.ranks.get(kind, {}), *taken}
        self.ranks[kind] = {one: rank for rank, one in enumerate(sorted(known, key=int))}

    def start(self, kind: str, highest: int) -> None:
        """Let the copies' numbers of a kind begin after the highest one that is in use."""
        self.starts[kind] = highest + 1

    def of(self, kind: str, original: str) -> Varied:
        """Return the number of the copy of an original."""
        first = self.starts[kind] + self.ranks[kind][original] * self.copies
        return lambda copy: str(first + copy)

    def highest(self, kind: str) -> int:
        """Return the highest number of the copies."""
        return self.starts[kind] + len(self.ranks[kind]) * self.copies - 1


def texts(prototype: Prototype, place: int, prototypes: int, rows: Originals, numbers: Numbers) -> dict[str, Varied]:
    """Return what replaces each text of a prototype, the `place`-th of all, in its copies."""

    def person(copy: int) -> int:
        return copy * prototypes + place

    found: dict[str, Varied] = {
        prototype.name: lambda copy: people.name(person(copy)),
        text.sort_key(prototype.name): lambda copy: text.sort_key(people.name(person(copy))),
        prototype.stem: lambda copy: people.stem(person(copy)),
    }
    if prototype.cui:
        found[prototype.cui] = lambda copy: people.cui(person(copy))
    for public_id in reading.public_ids(rows):
        found[public_id] = _renamed(public_id)
    for table, column in _NUMBERED:
        for number in rows.column(table, column):
            found[number] = _renumbered(number, numbers)
    return found


def prefixed_numbers(rows: Originals) -> dict[str, set[str]]:
    """Return the numbers of documents and orders by what stands before their digits."""
    found: dict[str, set[str]] = {}
    for table, column in _NUMBERED:
        for number in rows.column(table, column):
            prefix, digits = split(number)
            found.setdefault(prefix, set()).add(digits)
    return found


def split(number: str) -> tuple[str, str]:
    """Return what stands before the digits at the end of a document's number, and these digits."""
    matched = _DIGITS.match(number)
    assert matched is not None, number
    return matched[1], matched[2]


def _renamed(public_id: str) -> Varied:
    kept = public_id[:-_ID_DIGITS]
    return lambda copy: f"{kept}{copy:0{_ID_DIGITS}d}"


def _renumbered(number: str, numbers: Numbers) -> Varied:
    prefix, digits = split(number)
    renumber, length = numbers.of(prefix, digits), len(digits)
    return lambda copy: f"{prefix}{renumber(copy).zfill(length)}"
