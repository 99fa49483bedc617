"""A row in any table, made from nothing but the model: for tests that hold for every table, also for those to come."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Numeric,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from praho.core.db.base import Access, Base
from praho.core.db.types import StrEnumType
from praho.models.all import METADATA

# What a constraint asks for beyond the type of the column.
_PARTICULAR: dict[str, dict[str, object]] = {
    "billing_document": {"allowance_minor": 0, "net_minor": 100, "vat_minor": 21, "total_minor": 121, "line_count": 1},
    "billing_document_file": {"content": b"bytes"},
    "billing_document_line": {"net_minor": 100},
    "billing_document_tax": {"net_minor": 100, "vat_minor": 21},
    "billing_number_series": {"active": False},
    "catalogue_promo_code": {"kind": "free_setup"},
}
# Parents that a row may do without, but not without all of them.
_CHOSEN_PARENTS = {"billing_payment_allocation": {"payment_id", "document_id"}}
_CUSTOMER_TABLE = "customers_customer"


def models() -> dict[str, type[Base]]:
    """Return every model by the name of its table."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def tables(access: Access) -> list[str]:
    """Return the names of the tables with that access, parents first."""
    by_name = models()
    return [table.name for table in METADATA.sorted_tables if by_name[table.name].__access__ is access]


class Filler:
    """Inserts rows that belong to one customer, who is made first; one row in each table, shared by its children."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: dict[str, dict[str, Any]] = {}
        self.customer_id: int = self.row(_CUSTOMER_TABLE)["id"]

    def row(self, table: str) -> dict[str, Any]:
        """Return this customer's row of the table, inserted at first need, with its parents before it."""
        if table not in self._made:
            declared = METADATA.tables[table]
            inserted = self._connection.execute(declared.insert().values(self.values(table)).returning(declared))
            self._made[table] = dict(inserted.mappings().one())
        return self._made[table]

    def values(self, table: str) -> dict[str, Any]:
        """Return values for a row that is not inserted; its parents are."""
        declared = METADATA.tables[table]
        found = {column.name: _plausible(column) for column in declared.columns if _needs_value(column)}
        found |= _PARTICULAR.get(table, {})
        for constraint in declared.foreign_key_constraints:
            own = [element.parent for element in constraint.elements if element.parent.name != "customer_id"]
            chosen = {column.name for column in own} & _CHOSEN_PARENTS.get(table, set())
            if all(column.nullable for column in own) and not chosen:
                continue
            parent = self.row(constraint.referred_table.name)
            found |= {element.parent.name: parent[element.column.name] for element in constraint.elements}
        if "customer_id" in declared.columns:
            found["customer_id"] = self.customer_id
        return found

    def fill(self) -> None:
        """Insert this customer's row in every table that customers own."""
        for table in tables(Access.CUSTOMER):
            self.row(table)


def _needs_value(column: Column[Any]) -> bool:
    given = column.nullable or column.identity is not None or column.default is not None
    return not given and not column.foreign_keys


def _plausible(column: Column[Any]) -> object:
    kind = column.type
    if isinstance(kind, StrEnumType):
        return next(iter(kind.enum_class))
    implementation = getattr(kind, "impl", kind)
    for python_type, value in (
        (Boolean, False),
        (BigInteger, 100),
        (Integer, 1),
        (Numeric, 1),
        (Date, date(2026, 1, 31)),
        (DateTime, datetime(2026, 1, 31, 9, tzinfo=UTC)),
        (LargeBinary, b"bytes"),
        (JSONB, {}),
        (TSVECTOR, "word"),
    ):
        if isinstance(implementation, python_type):
            return value
    return uuid.uuid4().hex[: getattr(implementation, "length", None)]
