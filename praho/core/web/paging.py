"""Keyset pagination: pages by the last row seen, so that the thousandth page costs what the first does."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from praho.core.db import search
from praho.core.db.scope import session

T = TypeVar("T")

PAGE_SIZE = 25
_BIGGEST = 2**63


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursors of the pages before and after (None at the ends)."""

    items: Sequence[T]
    previous: str | None
    next: str | None


def page_of(
    statement: Select[T],
    keys: Sequence[InstrumentedAttribute[Any]],
    cursor: str | None,
    *,
    size: int = PAGE_SIZE,
    descending: bool = True,
    matching: search.Matching | None = None,
) -> Page[T]:
    """Return one page of a single-entity SELECT without an order, sorted by `keys` (the last one the id).

    `matching` leaves the rows that a search finds. A damaged cursor gives the first page. One query, of `size` + 1
    rows.
    """
    position = _decode(cursor, keys)
    backwards = position is not None and position[0] == "b"
    downwards = descending != backwards
    if position is not None:
        row = tuple_(*keys)
        bound = tuple_(*position[1])
        statement = statement.where(row < bound if downwards else row > bound)
    if matching is None:
        ordered = statement.order_by(*(key.desc() if downwards else key.asc() for key in keys)).limit(size + 1)
    else:
        ordered = search.first(statement, matching, keys, size + 1, descending=downwards)
    rows = list(session().scalars(ordered).unique())
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else position is not None
    has_next = True if backwards else more
    return Page(
        rows,
        _encode("b", rows[0], keys) if rows and has_previous else None,
        _encode("f", rows[-1], keys) if rows and has_next else None,
    )


def _encode(direction: str, row: Any, keys: Sequence[InstrumentedAttribute[Any]]) -> str:
    values = [getattr(row, key.key) for key in keys]
    return base64.urlsafe_b64encode(json.dumps([direction, *values], default=str).encode()).decode().rstrip("=")


def _decode(cursor: str | None, keys: Sequence[InstrumentedAttribute[Any]]) -> tuple[str, list[Any]] | None:
    if not cursor or len(cursor) > 400:
        return None
    try:
        decoded = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(decoded, list) or len(decoded) != len(keys) + 1 or decoded[0] not in ("f", "b"):
        return None
    if not all(_fits(value, key) for value, key in zip(decoded[1:], keys, strict=True)):
        return None
    return decoded[0], decoded[1:]


def _fits(value: object, key: InstrumentedAttribute[Any]) -> bool:
    """Tell whether PostgreSQL can compare a value with a key at all."""
    kind = key.type.python_type
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _BIGGEST
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        return kind not in (datetime, date) or kind.fromisoformat(value) is not None
    except ValueError:
        return False
