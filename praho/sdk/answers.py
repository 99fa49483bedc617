"""Reading a provider's JSON without trusting it: what is missing or of the wrong type is `OutcomeUnknown`.

A `KeyError` deep in a plugin would hide the one thing that matters after a call that changes something:
that the provider may have carried it out.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from praho.sdk.errors import OutcomeUnknown
from praho.sdk.money import Money

E = TypeVar("E", bound=StrEnum)


def parse(body: bytes) -> "Answer":
    """Return the JSON object in `body`; raise `OutcomeUnknown` for anything else."""
    try:
        value = json.loads(body)
    except ValueError:
        raise OutcomeUnknown("the answer is not JSON") from None
    return _answer(value, "the answer")


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON object from outside. Every reader raises `OutcomeUnknown` where the field is not what it must
    be.
    """

    fields: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a string that is not empty."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise OutcomeUnknown(f"the answer has no text {name!r}")
        return value

    def optional_text(self, name: str) -> str | None:
        """Return a string, or None where the field is missing, null or empty."""
        return None if self.fields.get(name) in (None, "") else self.text(name)

    def integer(self, name: str) -> int:
        """Return a whole number; true and false are none."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise OutcomeUnknown(f"the answer has no whole number {name!r}")
        return value

    def boolean(self, name: str) -> bool:
        """Return true or false."""
        value = self.fields.get(name)
        if not isinstance(value, bool):
            raise OutcomeUnknown(f"the answer has no true or false {name!r}")
        return value

    def instant(self, name: str) -> datetime:
        """Return an ISO 8601 instant with an offset, in UTC."""
        try:
            value = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise OutcomeUnknown(f"the answer has no instant {name!r}") from None
        if value.tzinfo is None:
            raise OutcomeUnknown(f"the instant {name!r} has no time zone")
        return value.astimezone(UTC)

    def money(self, minor: str, currency: str) -> Money:
        """Return the amount made of two fields: minor units and an ISO 4217 code."""
        try:
            return Money(self.integer(minor), self.text(currency))
        except ValueError:
            raise OutcomeUnknown(f"the answer has no known currency {currency!r}") from None

    def choice(self, name: str, values: type[E]) -> E:
        """Return the member of an enumeration that the field names."""
        try:
            return values(self.text(name))
        except ValueError:
            raise OutcomeUnknown(f"the answer has no known {name!r}") from None

    def child(self, name: str) -> "Answer":
        """Return the object in a field."""
        return _answer(self.fields.get(name), repr(name))

    def optional_child(self, name: str) -> "Answer | None":
        """Return the object in a field, or None where the field holds null; a missing field is an error."""
        if name in self.fields and self.fields[name] is None:
            return None
        return self.child(name)

    def children(self, name: str) -> tuple["Answer", ...]:
        """Return the list of objects in a field."""
        return tuple(_answer(item, f"an item of {name!r}") for item in self._list(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the list of strings in a field."""
        items = self._list(name)
        if not all(isinstance(item, str) for item in items):
            raise OutcomeUnknown(f"the answer has no list of texts {name!r}")
        return tuple(items)

    def _list(self, name: str) -> list[Any]:
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise OutcomeUnknown(f"the answer has no list {name!r}")
        return value


def _answer(value: object, where: str) -> Answer:
    if not isinstance(value, dict):
        raise OutcomeUnknown(f"{where} is not a JSON object")
    return Answer(value)
