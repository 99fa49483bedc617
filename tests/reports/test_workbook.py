"""Workbooks as another program reads them."""

from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from praho.reports import files
from praho.reports.types import Sheet


def read(path, *rows, name="Foaie", header=("Text", "Sumă")):
    path.write_bytes(b"".join(files.xlsx_chunks(Sheet(name, header, iter(rows)))))
    return load_workbook(path).active


def test_texts_stay_texts_whatever_they_contain(tmp_path):
    texts = ["=1+1", "<b>&amp;</b>", " Ștefan  Țepeș ", 'o "firmă"', "rând\nnou", "-5", "001"]
    page = read(tmp_path / "a.xlsx", *((text, None) for text in texts))
    assert [row[0].value for row in page.iter_rows(min_row=2)] == texts
    assert {row[0].data_type for row in page.iter_rows(min_row=2)} == {"s"}


def test_what_xml_forbids_is_left_out(tmp_path):
    page = read(tmp_path / "a.xlsx", ("a\x00b\x0bc\ufffe", None), name='A "foarte" lungă & <ciudată> denumire de foaie')
    assert page["A2"].value == "abc"
    assert page.title == 'A "foarte" lungă & <ciudată> de'


def test_numbers_and_days_stay_what_they_are(tmp_path):
    cells = (Decimal("-1234567.80"), Decimal("5.0912"), 7, date(2026, 2, 28), None)
    page = read(tmp_path / "a.xlsx", cells, header=("a", "b", "c", "d", "e"))
    found = [cell.value for cell in page[2]]
    assert found[:3] == [-1234567.8, 5.0912, 7]
    assert (found[3].date(), found[4]) == (date(2026, 2, 28), None)
    assert [cell.number_format for cell in page[2]][:2] == ["#,##0.00", "General"]
    assert page.freeze_panes == "A2"


def test_many_rows_come_in_their_order(tmp_path):
    page = read(tmp_path / "a.xlsx", *((str(number), number) for number in range(1001)))
    assert [row[1].value for row in page.iter_rows(min_row=2)] == list(range(1001))


def test_a_csv_of_many_rows_too():
    sheet = Sheet("a", ("a",), iter([(number,) for number in range(1001)]))
    chunks = list(files.csv_chunks(sheet, romanian=False))
    assert len(chunks) == 6
    assert b"".join(chunks).decode().splitlines()[1:] == [str(number) for number in range(1001)]
