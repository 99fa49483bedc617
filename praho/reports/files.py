"""Tables as files: CSV as it is read, and XLSX by a temporary file; neither is ever in memory as a whole."""

import csv
import io
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from praho.core.web import exports
from praho.reports.types import Cell, Sheet

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that the text is UTF-8."""
_ROWS_A_CHUNK = 200
_CHUNK = 65_536
_AMOUNT = "#,##0.00"


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
    """Yield a sheet as an Excel workbook: numbers and days stay what they are, the head stays in sight."""
    with tempfile.TemporaryFile() as file:
        _workbook(sheet).save(file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _workbook(sheet: Sheet) -> Any:
    from openpyxl import Workbook  # noqa: PLC0415 - a sixth of a second, for those who want a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name[:31])
    page.freeze_panes = "A2"
    for number, title in enumerate(sheet.header, start=1):
        page.column_dimensions[get_column_letter(number)].width = max(12, min(len(title) + 2, 32))
    heads = []
    for title in sheet.header:
        head = WriteOnlyCell(page, value=title)
        head.font = Font(bold=True)
        heads.append(head)
    page.append(heads)
    amounts = [WriteOnlyCell(page) for _title in sheet.header]
    for amount in amounts:
        amount.number_format = _AMOUNT
    for row in sheet.rows:
        page.append([_styled(value, amount) for value, amount in zip(row, amounts, strict=True)])
    return book


def _styled(value: Cell, amount: Any) -> Any:
    """Return a value as a cell. The amount's cell is written out with its row, so each row uses it again."""
    if isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        amount.value = value
        return amount
    return exports.cell(value) if isinstance(value, str) else value


def _written(cell: Cell, romanian: bool) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",") if romanian else str(cell)
    return exports.cell(cell)
