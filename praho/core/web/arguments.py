"""Reading typed values out of an address; nonsense is as if nothing had been given."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

E = TypeVar("E", bound=StrEnum)


def chosen(name: str, enum_class: type[E]) -> E | None:
    """Return the member of an enumeration that the query argument `name` holds, or None."""
    try:
        return enum_class(request.args.get(name, ""))
    except ValueError:
        return None


def text(name: str = "q", longest: int = 200) -> str:
    """Return the query argument `name`, trimmed and cut to `longest` characters."""
    return request.args.get(name, "").strip()[:longest]


def day(name: str) -> date | None:
    """Return the Bucharest date that the query argument `name` holds as `2026-01-31`, or None."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def cursor() -> str | None:
    """Return the place in the list that the address asks for."""
    return request.args.get("cursor")
