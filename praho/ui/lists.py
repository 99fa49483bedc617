"""Columns, sort orders and addresses of list pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

import flask
from werkzeug.datastructures import MultiDict

CURSOR = "cursor"


class Align(StrEnum):
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` names its order where an index serves it, `END` is for amounts and actions."""

    label: object
    sort: str | None = None
    align: Align = Align.START


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list. In an address it is `key`, or `-key` for descending."""

    key: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str | None, keys: Collection[str], default: Self) -> Self:
        """Read an order from an address; anything that is not one of `keys` gives the default."""
        if text is None:
            return default
        key = text.removeprefix("-")
        return cls(key, text.startswith("-")) if key in keys else default

    def toggled(self, key: str) -> str:
        """Return the address form of what a click on the column `key` asks for."""
        return f"-{key}" if self.key == key and not self.descending else key

    def aria(self, key: str) -> str | None:
        """Return the value of `aria-sort` for the column `key`, or None where the list is ordered by another."""
        if self.key != key:
            return None
        return "descending" if self.descending else "ascending"


def by_age() -> Sort:
    """Return the order that the address asks of a list which is kept in the order of its making."""
    return Sort.parse(flask.request.args.get("sort"), ("created",), Sort("created", descending=True))


def query_url(**changes: str | None) -> str:
    """Return the address of this page with query arguments replaced; None removes one.

    The place in the list (`cursor`) is forgotten unless it is among the changes: another filter or another
    order starts from the top.
    """
    return _with_query(flask.request.path, changes)


def twin_url(endpoint: str) -> str:
    """Return the address of the same list in another form, such as a file: what the address at hand asks for is kept.

    Its names are data and never arguments of `url_for`, which has names of its own.
    """
    return _with_query(flask.url_for(endpoint), {})


def _with_query(path: str, changes: Mapping[str, str | None]) -> str:
    arguments: MultiDict[str, str] = MultiDict(flask.request.args)
    for name in (CURSOR, *changes):
        arguments.poplist(name)
    arguments.update({name: value for name, value in changes.items() if value is not None})
    query = urlencode(list(arguments.items(multi=True)))
    return f"{path}?{query}" if query else path
