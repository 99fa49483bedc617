"""Indexed search: the beginnings of words, in a column of search words."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, cast
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from praho.core.db.types import SearchVector

_STATISTICS = 500


def finds(column: InstrumentedAttribute[str], query: str) -> ColumnElement[bool]:
    """Return the condition that `column` matches a query made by `praho.core.text.prefix_query`."""
    return column.op("@@", is_comparison=True)(cast(query, TSQUERY))


def statistics_for(table: Table) -> Iterator[str]:
    """Yield the statements that let the planner know five times as many words of a search column as it would.

    With few it takes a rare word for a frequent one, and reads the newest rows one by one until enough have matched.
    """
    for column in table.columns:
        if isinstance(column.type, SearchVector):
            yield f"ALTER TABLE {table.name} ALTER COLUMN {column.name} SET STATISTICS {_STATISTICS}"
