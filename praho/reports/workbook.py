"""An Excel workbook of one sheet, written row by row.

Numbers stay numbers and days stay days; no text is taken for a formula, a number or an address. The head is bold and
stays in sight, amounts have two decimals.
"""

import re
from datetime import date
from decimal import Decimal
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from praho.reports.types import Cell, Sheet

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\]|^'+|'+$")
_LONGEST_TITLE = 31
_WIDTHS = range(12, 33)
# A row that is written cannot be changed any more, and is not kept.
_OPTIONS = {"constant_memory": True}


def write(sheet: Sheet, file: IO[bytes]) -> None:
    """Write a sheet as a workbook into a file; its rows are taken one after the other."""
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        head, amount = book.add_format({"bold": True}), book.add_format({"num_format": 4})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(_NO_TITLE.sub("", _NO_XML.sub("", sheet.name))[:_LONGEST_TITLE])
        page.freeze_panes(1, 0)
        for column, title in enumerate(sheet.header):
            page.set_column(column, column, max(_WIDTHS.start, min(len(title) + 2, _WIDTHS.stop - 1)))
            page.write_string(0, column, title, head)
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                _write(page, number, column, value, amount, day)


def _write(page: Worksheet, row: int, column: int, value: Cell, amount: Format, day: Format) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(row, column, _NO_XML.sub("", value))
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        page.write_number(row, column, value, amount)
    else:
        page.write_number(row, column, value)
