"""Documents made inside this process: a paid proforma becomes its invoice, and the invoice XML and PDF."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from lxml import etree
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import Column

from benchmarks import timing
from benchmarks.seeding import originals as reading
from benchmarks.timing import Figure
from praho.billing.documents import sale, snapshot, snapshot_json
from praho.billing.documents.pdf import renderer
from praho.billing.documents.services import proformas
from praho.billing.documents.services import reading as documents
from praho.billing.efactura import builder, validator
from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.principal import Principal, acting_as
from praho.models.all import METADATA
from praho.models.billing.payments import PaymentMethod

_LINES = (10_000, 20_000, 30_000)
_APART = 1_000_000
Row = dict[str, str | None]
Rows = dict[str, list[Row]]


def measured(app: Flask, database: str, times: int) -> list[Figure]:
    """Measure settling proformas of three lines, and making the XML and the PDF of an invoice."""
    with app.app_context(), acting_as(Principal.system("benchmark")), entered(SystemScope("benchmark")):
        with psycopg.connect(database) as connection:
            figures = [_settling(connection, times)]
            number = connection.execute(
                "SELECT public_id FROM billing_document WHERE kind = 'invoice' ORDER BY id DESC LIMIT 1"
            ).fetchone()
        assert number is not None
        invoice = snapshot_json.from_json(documents.row(number[0]).snapshot)
        return [*figures, *_files(invoice, times)]


def _settling(connection: psycopg.Connection, times: int) -> Figure:
    """Settle one proforma of three lines after another, each in turn with plain inserts of the rows that came of it."""
    waiting = iter(_proformas(connection, times + timing.WARM + 1))
    before = _highest(connection)
    _settle(*next(waiting))
    left = {table: _since(connection, table, highest) for table, highest in before.items()}
    copies = _Copies(connection, {table: rows for table, rows in left.items() if rows}, times + timing.WARM)
    return timing.work("proforma → invoice, 3 lines", lambda: _settle(*next(waiting)), copies.insert, times)


def _proformas(connection: psycopg.Connection, count: int) -> list[tuple[str, int]]:
    customers = connection.execute("SELECT id FROM customers_customer ORDER BY id DESC LIMIT %s", [count]).fetchall()
    lines = [sale.SaleLine(f"Administrare server, {price}", price) for price in _LINES]
    issued = []
    for (customer_id,) in itertools.islice(itertools.cycle(customers), count):
        made = proformas.issue(customer_id, lines, currency="RON", locale="ro", due_date=clock.today())
        issued.append((made.public_id, made.total.minor))
    return issued


def _settle(proforma_id: str, total_minor: int) -> None:
    receipt = settlement.Receipt(proforma_id, PaymentMethod.BANK_TRANSFER, total_minor, "RON", clock.today(), "OP 1")
    assert settlement.settle(receipt).outcome is settlement.Outcome.SETTLED


def _highest(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for table in METADATA.sorted_tables:
        if "id" in table.columns:
            statement = sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table.name))
            found[table.name] = connection.execute(statement).fetchone()[0]  # type: ignore[index]
    return found


def _since(connection: psycopg.Connection, table: str, highest: int) -> list[Row]:
    """Return the rows that were added, with every value as its text."""
    columns = sql.SQL(", ").join(
        sql.SQL("{}::text AS {}").format(sql.Identifier(name), sql.Identifier(name))
        for name in reading.names(METADATA.tables[table])
    )
    statement = sql.SQL("SELECT {} FROM {} WHERE id > %s ORDER BY id").format(columns, sql.Identifier(table))
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement, [highest]).fetchall()


class _Copies:
    """Inserts the same rows again and again, with other ids and numbers, by one statement for each row."""

    def __init__(self, connection: psycopg.Connection, rows: Rows, times: int) -> None:
        self._connection = connection
        self._ids = {(table, row["id"]) for table, found in rows.items() for row in found}
        every = [row for found in rows.values() for row in found]
        named = (row.get(name) for row in every for name in ("public_id", "number_text"))
        self._texts = {text for text in named if text is not None}
        statements = {table: _insertion(table) for table in rows}
        # Made beforehand: the floor is what the driver and the database take.
        self._waiting = iter(
            [
                [
                    (statements[table], self._values(table, row, number))
                    for table, found in rows.items()
                    for row in found
                ]
                for number in range(1, times + 1)
            ]
        )

    def insert(self) -> None:
        """Insert all rows once more, in one transaction."""
        for statement, values in next(self._waiting):
            self._connection.execute(statement, values)
        self._connection.commit()

    def _values(self, table: str, row: Row, number: int) -> list[str | None]:
        return [self._value(METADATA.tables[table].columns[name], value, number) for name, value in row.items()]

    def _value(self, column: Column[Any], value: str | None, number: int) -> str | None:
        if value is None or column.name == "source_id":  # a proforma has one invoice
            return None
        targets = {key.column.table.name for key in column.foreign_keys}
        if column.name in ("id", "number") or any((target, value) in self._ids for target in targets):
            return str(-int(value) - number * _APART)  # below what the application will ever number
        for text in self._texts:
            value = value.replace(text, f"{text}f{number}")
        return value


def _insertion(table: str) -> sql.Composed:
    columns = reading.names(METADATA.tables[table])
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )


def _files(invoice: snapshot.DocumentSnapshot, times: int) -> list[Figure]:
    xml, today = builder.build(invoice), clock.today()
    tree = etree.fromstring(xml)
    return [
        timing.work("XML of an invoice", lambda: builder.build(invoice), lambda: etree.tostring(tree), times),
        timing.work(
            "XML checked by the validator",
            lambda: validator.validate(xml, today=today),
            lambda: etree.fromstring(xml),
            times,
        ),
        timing.work("PDF of an invoice", lambda: renderer.render(invoice), nearly_empty_pdf(), times),
    ]


def nearly_empty_pdf() -> Callable[[], object]:
    """Return the floor of a PDF: a page with one sentence, by the same compiler."""
    import typst  # noqa: PLC0415 - as in the program, the compiler is there only when it is needed

    compiler = typst.Compiler(input=Path(__file__).parent / "floor.typ")
    return lambda: compiler.compile(format="pdf")
