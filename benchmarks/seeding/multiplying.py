"""Copies of the prototypes' rows by COPY, under every foreign key, check and immediate trigger of the schema.

The triggers that add a document up at the end of its transaction would run for each row; their function is asked about
a sample of the copies instead.
"""

from collections.abc import Iterator, Sequence
from typing import LiteralString

import psycopg
from psycopg import sql

from benchmarks.seeding import originals as reading
from benchmarks.seeding import varying
from benchmarks.seeding.originals import Originals
from benchmarks.seeding.prototypes import Prototype
from benchmarks.seeding.templates import Maker, Template
from praho.models.all import METADATA

_BATCH = 200
_AT_COMMIT = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgdeferrable AND NOT tgisinternal"
_CHECK_SOME = "SELECT billing_check_document(id) FROM billing_document WHERE id % 97 = 0"
# The sequences behind the numbers that are not fiscal, by what stands before the digits.
_SEQUENCES = {"PRO-": "billing_proforma_number", "ORD-": "orders_order_number"}


def recreate(url: str, owner: str, database: str) -> None:
    """Drop the server's database and create it anew; `url` is the superuser's."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(owner))
        )


def multiply(url: str, prototypes: Sequence[Prototype], size: int) -> None:
    """Copy every prototype's rows until there are `size` customers like them; then gather statistics."""
    copies = max(0, size // len(prototypes) - 1)
    with psycopg.connect(url) as connection:
        # What was left out of the prototypes' lives is as good as done, or the copies would be a mountain of work.
        connection.execute("UPDATE core_job SET state = 'done', finished_at = now() WHERE state IN ('ready', 'retry')")
        found = [reading.of(connection, prototype.name) for prototype in prototypes]
        numbers = _numbers(connection, found, copies)
        makers = [
            Maker(rows, varying.texts(prototype, place, len(prototypes), rows, numbers), numbers)
            for place, (prototype, rows) in enumerate(zip(prototypes, found, strict=True))
        ]
        at_commit = connection.execute(_AT_COMMIT).fetchall()
        _switch(connection, at_commit, "DISABLE")
        for table in METADATA.sorted_tables:
            made = [maker.template(table.name) for maker in makers if maker.rows.rows.get(table.name)]
            if made and copies:
                _copy(connection, table.name, made, copies)
        _go_on_counting(connection, numbers)
        _switch(connection, at_commit, "ENABLE")
        connection.execute(_CHECK_SOME)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _switch(connection: psycopg.Connection, triggers: Sequence[tuple[str, str]], word: LiteralString) -> None:
    for table, name in triggers:
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
        connection.execute(statement.format(sql.Identifier(table), sql.SQL(word), sql.Identifier(name)))


def _numbers(connection: psycopg.Connection, found: Sequence[Originals], copies: int) -> varying.Numbers:
    numbers = varying.Numbers(copies)
    for rows in found:
        for table in (table for table, left in rows.rows.items() if left):
            numbers.take(table, rows.ids(table))
            numbers.start(table, _highest(connection, table))
        for prefix, digits in varying.prefixed_numbers(rows).items():
            numbers.take(prefix, digits)
    for prefix in {prefix for rows in found for prefix in varying.prefixed_numbers(rows)}:
        taken = connection.execute(
            "SELECT number_text FROM billing_document UNION ALL SELECT number FROM orders_order"
        ).fetchall()
        own = [int(digits) for one in taken for before, digits in [varying.split(one[0])] if before == prefix]
        numbers.start(prefix, max(own))
    return numbers


def _highest(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


def _copy(connection: psycopg.Connection, table: str, templates: Sequence[Template], copies: int) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, reading.names(METADATA.tables[table])))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor().copy(statement) as copy:
        for block in _blocks(templates, copies):
            copy.write(block)


def _blocks(templates: Sequence[Template], copies: int) -> Iterator[str]:
    for template in templates:
        for first in range(0, copies, _BATCH):
            numbers = range(first, min(first + _BATCH, copies))
            yield "".join(template.filled(number) for number in numbers)


def _go_on_counting(connection: psycopg.Connection, numbers: varying.Numbers) -> None:
    """Let identities, sequences and series go on after the copies."""
    for kind in numbers.ranks:
        highest = numbers.highest(kind)
        if kind in METADATA.tables:
            connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [kind, highest])
        elif kind in _SEQUENCES:
            connection.execute("SELECT setval(%s, %s)", [_SEQUENCES[kind], highest])
        else:
            statement = "UPDATE billing_number_series SET next_number = %s WHERE prefix = %s"
            connection.execute(statement, [highest + 1, kind])
