"""Lists as files for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from flask import Response

from praho.core import clock
from praho.core.web.paging import Page

T = TypeVar("T")

MOST_ROWS = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pages(load: Callable[[str | None], Page[T]]) -> Iterator[Sequence[T]]:
    """Yield the rows of a list a page at a time, at most `MOST_ROWS` of them; `load` takes the cursor.

    A whole list in memory would stay with the worker.
    """
    cursor: str | None = None
    given = 0
    while given < MOST_ROWS:
        page = load(cursor)
        yield page.items
        given += len(page.items)
        cursor = page.next
        if cursor is None:
            return


def every(load: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Yield the rows of `pages` one by one."""
    for rows in pages(load):
        yield from rows


def csv_file(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """Answer with a CSV file in UTF-8, named after `name` and today's date.

    Texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(title) for title in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    answer = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    return answer


def cell(value: object) -> str:
    """Return a value as the text of a cell; what a spreadsheet would take for a formula begins with an apostrophe."""
    written = "" if value is None else str(value)
    return f"'{written}" if isinstance(value, str) and written.startswith(_FORMULA) else written
