"""Indexed search: the beginnings of words, in a column of search words."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, cast, func, select, union
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from praho.core.db.types import SearchVector
from praho.core.text import prefix_query

T = TypeVar("T")
Matching = tuple[InstrumentedAttribute[str], str]
"""A search column, and a query made by `praho.core.text.prefix_query`."""

_STATISTICS = 500
_NEAR = 1000


def finds(column: ColumnElement[str] | InstrumentedAttribute[str], query: str) -> ColumnElement[bool]:
    """Return the condition that `column` matches a query made by `praho.core.text.prefix_query`."""
    return column.op("@@", is_comparison=True)(cast(query, TSQUERY))


def matching(column: InstrumentedAttribute[str], typed: str) -> Matching | None:
    """Return the search for what somebody typed, or None where there is no word in it."""
    query = prefix_query(typed)
    return None if query is None else (column, query)


def first(
    statement: Select[T],
    wanted: Matching,
    keys: Sequence[InstrumentedAttribute[Any]],
    limit: int,
    *,
    descending: bool,
) -> Select[T]:
    """Return the first `limit` rows of a SELECT, sorted by `keys` (the last one the id), that match a prefix query.

    `statement` selects one entity by conditions alone; `wanted` is its search column and the query. PostgreSQL cannot
    know how rare the beginning of a word is, and reads a million rows one by one for one that is in none of them. So it
    is told where to look: for frequent words among the first rows, and only where too few of these match in the index.
    """
    column, query = wanted
    where = [] if statement.whereclause is None else [statement.whereclause]
    row_id = keys[-1].key

    def in_order(columns: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[Any]]:
        return [columns[key.key].desc() if descending else columns[key.key].asc() for key in keys]

    rows = column.class_.__table__.c
    window = select(*keys, column).where(*where).order_by(*in_order(rows)).limit(_NEAR).subquery()
    near = select(*(window.c[key.key] for key in keys)).where(finds(window.c[column.key], query))
    near = near.order_by(*in_order(window.c)).limit(limit)
    near_rows = near.cte("near_rows").prefix_with("MATERIALIZED")
    too_few = select(func.count()).select_from(near_rows).scalar_subquery() < limit
    far = select(*keys).where(too_few, *where, finds(column, query))
    far_rows = far.cte("far_rows").prefix_with("MATERIALIZED")
    both = union(select(near_rows), select(far_rows)).subquery()
    hits = select(both.c[row_id]).order_by(*in_order(both.c)).limit(limit).cte("hits")
    return statement.where(keys[-1].in_(select(hits.c[row_id]))).order_by(*in_order(rows)).limit(limit)


def newest(statement: Select[T], wanted: Matching, row_id: InstrumentedAttribute[int], limit: int) -> Select[T]:
    """Return the newest `limit` rows of a SELECT that match a prefix query; see `first`."""
    return first(statement, wanted, [row_id], limit, descending=True)


def statistics_for(table: Table) -> Iterator[str]:
    """Yield the statements that let the planner know five times as many words of a search column as it would."""
    for column in table.columns:
        if isinstance(column.type, SearchVector):
            yield f"ALTER TABLE {table.name} ALTER COLUMN {column.name} SET STATISTICS {_STATISTICS}"
