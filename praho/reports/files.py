"""Tables as files: CSV as it is read, and XLSX by a temporary file; neither is ever in memory as a whole."""

import csv
import io
import tempfile
from collections.abc import Iterator
from decimal import Decimal

from praho.core.web import exports
from praho.reports.types import Cell, Sheet

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that the text is UTF-8."""
_ROWS_A_CHUNK = 200
_CHUNK = 65_536


def csv_chunks(sheet: Sheet, *, romanian: bool) -> Iterator[bytes]:
    """Yield a sheet as CSV in UTF-8, some rows at a time.

    For Romanian spreadsheets with semicolons and decimal commas, else with commas and points. Days are ISO dates;
    texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if romanian else ",", lineterminator="\r\n")
    text.write(_MARK)
    writer.writerow(sheet.header)
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([_written(cell, romanian) for cell in row])
        if number % _ROWS_A_CHUNK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def xlsx_chunks(sheet: Sheet) -> Iterator[bytes]:
    """Yield a sheet as an Excel workbook, once it is written out."""
    from praho.reports import workbook  # noqa: PLC0415 - no start of a server waits for it

    with tempfile.TemporaryFile() as file:
        workbook.write(sheet, file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _written(cell: Cell, romanian: bool) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",") if romanian else str(cell)
    return exports.cell(cell)
