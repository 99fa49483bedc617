"""Counting several things in one query."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from praho.core.db.base import Base
from praho.core.db.scope import session

MOST = 1000


def counting(model: type[Base], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the statement that counts a table's rows under some conditions; it stops at `MOST`."""
    some = select(literal(1).label("one")).select_from(model).where(*conditions).limit(MOST).subquery()
    return select(func.count()).select_from(some)


def count_all(statements: Sequence[Select[Any]]) -> list[int]:
    """Run statements that count, all in one query, and return the numbers in their order."""
    if not statements:
        return []
    row = session().execute(select(*(statement.scalar_subquery() for statement in statements))).one()
    return [int(number) for number in row]
