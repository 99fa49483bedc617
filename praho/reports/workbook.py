"""An Excel workbook of one sheet, written row by row (ECMA-376, SpreadsheetML).

Numbers stay numbers and days stay days; texts are inline, so that no program takes one for a formula. The head is bold
and stays in sight, amounts have two decimals.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

from praho.reports.types import Cell, Sheet

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the spreadsheets' calendar, which has a 29 February 1900 that never was."""
_ROWS_A_BLOCK = 200
_WIDTHS = range(12, 33)
_HEAD, _AMOUNT, _DAY = 1, 2, 3
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write(sheet: Sheet, file: IO[bytes]) -> None:
    """Write a sheet as a workbook into a file that can be sought; its rows are taken one after the other."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, _DECLARATION + content)
        archive.writestr("xl/workbook.xml", _DECLARATION + _book(sheet.name))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.writelines(_sheet(sheet))


def _book(name: str) -> str:
    # A sheet's name has at most 31 characters.
    titled = escape(name[:31], {'"': "&quot;"})
    return (
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="{titled}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )


def _sheet(sheet: Sheet) -> Iterator[bytes]:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{_width(title)}" customWidth="1"/>'
        for number, title in enumerate(sheet.header, start=1)
    )
    yield (
        f'{_DECLARATION}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{_row([_text(title, _HEAD) for title in sheet.header])}"
    ).encode()
    block: list[str] = []
    for row in sheet.rows:
        block.append(_row(map(_cell, row)))
        if len(block) == _ROWS_A_BLOCK:
            yield "".join(block).encode()
            block.clear()
    yield f"{''.join(block)}</sheetData></worksheet>".encode()


def _row(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    if isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        return f'<c s="{_AMOUNT}"><v>{value}</v></c>'
    return f"<c><v>{value}</v></c>"


def _text(text: str, style: int = 0) -> str:
    written = escape(_NO_XML.sub("", text))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _width(title: str) -> int:
    return max(_WIDTHS.start, min(len(title) + 2, _WIDTHS.stop - 1))
