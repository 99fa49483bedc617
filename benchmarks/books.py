"""Long documents and long periods, in this process: totals of 1,000 lines, a PDF of 200, the journal of everything."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import psutil
import psycopg
from flask import Flask

from benchmarks import documents, timing
from benchmarks.sizes import Size
from benchmarks.timing import Figure
from praho.billing import types
from praho.billing.documents import pricing, snapshot, snapshot_json
from praho.billing.documents.pdf import renderer
from praho.billing.documents.services import reading
from praho.billing.tax import totals
from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.reports import files
from praho.reports.services import journal
from praho.reports.types import Period, Sheet, Wanted

_THOUSAND = 1_000
_MANY = 200
_EVER = Period(date(2000, 1, 1), date(2100, 12, 31))
_JOURNALS = 3
_LOOK_EVERY = 0.01
# What the journal reads of each document, as the database writes it out by itself.
_PLAIN = """COPY (
    SELECT d.number_text, d.issue_date, d.tax_point, d.buyer_name, d.snapshot #>> '{buyer,tax_number}',
        t.percent, t.net_minor, t.vat_minor
    FROM billing_document d JOIN billing_document_tax t ON t.document_id = d.id
    WHERE d.kind IN ('invoice', 'credit_note') ORDER BY d.tax_point, d.id
) TO STDOUT (FORMAT csv)"""


def measured(app: Flask, database: str, times: int) -> tuple[list[Figure], list[Size]]:
    """Measure totals, the long PDF and the journal of all invoices, as CSV and as a workbook."""
    with app.app_context(), i18n.in_locale("ro"), entered(SystemScope("benchmark")):
        # Before anything else has made this process large.
        memory = _memory()
        with psycopg.connect(database) as connection:
            found = [_totals(times), _pdf(connection, times), *_journals(connection, min(times, _JOURNALS))]
        return found, [memory]


def _totals(times: int) -> Figure:
    """Price a thousand lines of two rates with a discount, beside their bare multiplications."""
    lines = [
        totals.TaxableLine(
            Decimal(number % 7 + 1), Decimal(number) / 3, types.TaxCategory.STANDARD, Decimal(21 - number % 2 * 10)
        )
        for number in range(1, _THOUSAND + 1)
    ]
    return timing.work(
        "totals of 1,000 lines",
        lambda: totals.compute("RON", lines, discount_minor=1_000),
        lambda: [line.quantity * line.unit_price_minor for line in lines],
        times,
    )


def _pdf(connection: psycopg.Connection, times: int) -> Figure:
    row = connection.execute(
        "SELECT public_id FROM billing_document WHERE kind = 'invoice' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row is not None
    invoice = _long(snapshot_json.from_json(reading.row(row[0]).snapshot))
    return timing.work(
        "PDF of 200 lines", lambda: renderer.render(invoice), documents.nearly_empty_pdf(), max(1, times // 4)
    )


def _long(invoice: snapshot.DocumentSnapshot) -> snapshot.DocumentSnapshot:
    drafts = [
        pricing.LineDraft(
            f"Găzduire web Standard, contul {number}",
            Decimal(1),
            "H87",
            Decimal(4_990 + number),
            types.TaxCategory.STANDARD,
            Decimal(21),
            period_start=date(2026, 10, 1),
            period_end=date(2027, 9, 30),
        )
        for number in range(_MANY)
    ]
    priced = pricing.price(invoice.currency, drafts)
    return replace(
        invoice, lines=priced.lines, subtotals=priced.subtotals, totals=priced.totals, allowances=priced.allowances
    )


def _journals(connection: psycopg.Connection, times: int) -> Iterator[Figure]:
    def plain() -> None:
        with connection.cursor().copy(_PLAIN) as copy:
            for _block in copy:
                pass

    def read(write: Callable[[Sheet], Iterator[bytes]]) -> Callable[[], int]:
        return lambda: sum(len(chunk) for chunk in write(_sheet()))

    for name, write in (("CSV", _as_csv), ("XLSX", files.xlsx_chunks)):
        yield timing.work(f"sales journal of everything, {name}", read(write), plain, times)


def _sheet() -> Sheet:
    return journal.sheet(Wanted(_EVER))


def _as_csv(sheet: Sheet) -> Iterator[bytes]:
    return files.csv_chunks(sheet, romanian=True)


def _memory() -> Size:
    """Return what the process grows by at most while the journal of everything is streamed."""
    process, ended, highest = psutil.Process(), threading.Event(), [0]
    before = process.memory_info().rss

    def watch() -> None:
        while not ended.wait(_LOOK_EVERY):
            highest[0] = max(highest[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _chunk in _as_csv(_sheet()):
        pass
    ended.set()
    watcher.join()
    return Size("sales journal, memory added", max(0, highest[0] - before) / 2**20, "MB", 10)
