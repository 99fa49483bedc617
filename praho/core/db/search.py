"""Indexed search: the beginnings of words, in a column of search words."""

from sqlalchemy import ColumnElement, cast
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute


def finds(column: InstrumentedAttribute[str], query: str) -> ColumnElement[bool]:
    """Return the condition that `column` matches a query made by `praho.core.text.prefix_query`."""
    return column.op("@@", is_comparison=True)(cast(query, TSQUERY))
