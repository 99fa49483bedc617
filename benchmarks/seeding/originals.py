"""The rows that a prototype left in the database, as the text of COPY, table by table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import Table

from praho.models.all import METADATA

_CUSTOMERS, _USERS, _MEMBERS, _JOBS = "customers_customer", "users_user", "customers_member", "core_job"
# Files are bytes of many kilobytes, and made again when somebody asks for them.
LEFT_OUT = frozenset({"billing_document_file"})
Fields = list[str]
"""The columns of a row in COPY's text form, in the table's order."""


@dataclass
class Originals:
    """One prototype's rows by table."""

    rows: dict[str, list[Fields]] = field(default_factory=dict)

    def ids(self, table: str) -> set[str]:
        """Return the primary keys of the rows of a table."""
        return {fields[position] for fields in self.rows.get(table, []) for position in [id_position(table)]}

    def column(self, table: str, name: str) -> list[str]:
        """Return the values of a column."""
        position = names(METADATA.tables[table]).index(name)
        return [fields[position] for fields in self.rows.get(table, [])]


def of(connection: psycopg.Connection, customer_name: str) -> Originals:
    """Return the rows that belong to the customer whose name begins so, its users' and its jobs' included."""
    row = connection.execute("SELECT id FROM customers_customer WHERE name LIKE %s", [f"{customer_name}%"]).fetchone()
    assert row is not None, customer_name
    found = Originals()
    for table in METADATA.sorted_tables:
        condition = _condition(table, str(row[0]), found)
        if condition is not None:
            found.rows[table.name] = list(_copied(connection, table, condition))
    mentioned = re.compile("|".join(public_ids(found)))
    jobs = METADATA.tables[_JOBS]
    found.rows[_JOBS] = [one for one in _copied(connection, jobs, "true") if mentioned.search("\t".join(one))]
    return found


def public_ids(originals: Originals) -> list[str]:
    """Return the public ids of all rows."""
    return [
        value
        for table in originals.rows
        if "public_id" in METADATA.tables[table].columns
        for value in originals.column(table, "public_id")
    ]


def names(table: Table) -> list[str]:
    """Return the columns of a table in their order."""
    return [column.name for column in table.columns]


def id_position(table: str) -> int:
    """Return where in a row its number stands."""
    return names(METADATA.tables[table]).index("id")


def _condition(table: Table, customer_id: str, found: Originals) -> str | None:
    if table.name in LEFT_OUT or "id" not in table.columns:
        return None
    if table.name == _CUSTOMERS:
        return f"id = {customer_id}"
    if table.name == _USERS:
        return f"id IN (SELECT user_id FROM {_MEMBERS} WHERE customer_id = {customer_id})"
    if "customer_id" in table.columns:
        return f"customer_id = {customer_id}"
    for key in table.foreign_keys:
        ids = found.ids(key.column.table.name) if key.column.table.name in found.rows else set()
        if ids:
            return f"{key.parent.name} IN ({', '.join(ids)})"
    return None


def _copied(connection: psycopg.Connection, table: Table, condition: str) -> Iterator[Fields]:
    listed = ", ".join(f'"{name}"' for name in names(table))
    with connection.cursor().copy(
        f'COPY (SELECT {listed} FROM "{table.name}" WHERE {condition} ORDER BY id) TO STDOUT'
    ) as copy:
        text = b"".join(bytes(part) for part in copy).decode()
    return (line.split("\t") for line in text.splitlines())
