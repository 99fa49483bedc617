"""Rows with holes: an original's fields made into a template that a copy's number fills."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Table, UniqueConstraint

from benchmarks.seeding import originals as reading
from benchmarks.seeding.originals import Fields, Originals
from benchmarks.seeding.varying import Numbers, Varied
from praho.core import crypto, text
from praho.core.db.base import Base
from praho.core.db.types import SearchVector
from praho.models.all import METADATA

NULL = "\\N"
# Columns that hold another row's number without a foreign key.
_LOOSE = {
    "customer_id": "customers_customer",
    "user_id": "users_user",
    "actor_id": "users_user",
    "placed_by": "users_user",
    "operation_id": "integrations_operation",
}


@dataclass(frozen=True)
class Template:
    """The rows of one table that one prototype left, with their holes."""

    pattern: str
    holes: tuple[Varied, ...]

    def filled(self, copy: int) -> str:
        """Return the rows of a copy, as COPY reads them."""
        return self.pattern % tuple(fill(copy) for fill in self.holes)


class Maker:
    """Makes the templates of one prototype."""

    def __init__(self, rows: Originals, texts: Mapping[str, Varied], numbers: Numbers) -> None:
        self.rows = rows
        self._texts = texts
        self._numbers = numbers
        self._sort_keys = {one for one in texts if " " in one and one == text.sort_key(one)}
        self._known = re.compile("|".join(re.escape(one) for one in sorted(texts, key=len, reverse=True)))

    def template(self, name: str) -> Template:
        """Return the template of a table's rows."""
        table = METADATA.tables[name]
        holes: list[Varied] = []
        lines = [
            "\t".join(self._field(table, column, fields, holes) for column in table.columns) + "\n"
            for fields in self.rows.rows[name]
        ]
        return Template("".join(lines), tuple(holes))

    def _field(self, table: Table, column: Column[object], fields: Fields, holes: list[Varied]) -> str:
        names = reading.names(table)
        value = fields[names.index(column.name)]
        target = "" if value == NULL else self._target(table, column)
        if target and value in self.rows.ids(target):
            holes.append(self._numbers.of(target, value))
            return "%s"
        if value == NULL:
            return value
        if column.name == "number" and "number_text" in names:
            holes.append(_digits_of(self._texts[fields[names.index("number_text")]]))
            return "%s"
        if isinstance(column.type, SearchVector):
            holes.append(self._vector(value))
            return "%s"
        if column.name in _sealed(table):
            holes.append(self._sealed(table, column.name, value, fields[names.index("public_id")]))
            return "%s"
        return self._with_holes(value, holes, apart=column.name in _unique_texts(table))

    def _target(self, table: Table, column: Column[object]) -> str:
        """Return the table whose row a column names, empty where it names none."""
        if column.name == "id":
            return table.name
        for key in table.foreign_keys:
            if key.parent is column and key.column.name == "id":
                return str(key.column.table.name)
        return _LOOSE.get(column.name, "")

    def _with_holes(self, value: str, holes: list[Varied], *, apart: bool) -> str:
        found = list(self._known.finditer(value))
        holes.extend(self._texts[one[0]] for one in found)
        pattern = "%s".join(part.replace("%", "%%") for part in self._known.split(value))
        if found or not apart:
            return pattern
        holes.append(str)
        return f"{pattern}-{abs(hash(value)) % 1000}-%s"

    def _vector(self, value: str) -> Varied:
        """Let the words of what varies vary in a column of search words as well."""
        words = set(re.findall(r"'([^']+)'", value))
        varying = [one for one in self._texts if set(text.words(one)) <= words and one not in self._sort_keys]
        fixed = words - {word for one in varying for word in text.search_document(one).split()}
        fills = [self._texts[one] for one in varying]

        def fill(copy: int) -> str:
            own = text.search_document(*(one(copy) for one in fills)).split()
            return " ".join(f"'{word}'" for word in {*fixed, *own})

        return fill

    def _sealed(self, table: Table, column: str, value: str, public_id: str) -> Varied:
        """Seal a secret again for the copy's row: where it lives is part of what is authenticated."""
        ring, renamed = crypto.ring(), self._texts[public_id]
        opened = ring.decrypt(value, crypto.Place(table.name, column, public_id))
        return lambda copy: ring.encrypt(opened, crypto.Place(table.name, column, renamed(copy)))


def _digits_of(number_text: Varied) -> Varied:
    return lambda copy: str(int(re.sub(r"^.*?(\d+)$", r"\1", number_text(copy))))


def _sealed(table: Table) -> set[str]:
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {one.column for one in crypto.encrypted_fields(models[table.name])}


def _unique_texts(table: Table) -> set[str]:
    groups = [constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    alone = {next(iter(group)).name for group in groups if len(group) == 1}
    return {name for name in alone if table.columns[name].type.python_type is str}
