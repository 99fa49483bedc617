"""Many rows at once: copies of one that a factory made, for pages that are measured with long lists."""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    insert,
    literal,
    select,
    text,
)

from praho.models.all import METADATA


def copy_rows(connection: Connection, table: str, count: int, **values: object) -> None:
    """Insert `count` copies of the table's newest row; what must be unique differs, and `values` replace columns.

    Columns of foreign keys stay as they are unless they are replaced. The copies
    have no children, so the triggers that look for these are off meanwhile; only the owner may do that.
    """
    declared = METADATA.tables[table]
    numbers = func.generate_series(1, count).table_valued("number").render_derived()
    newest = select(func.max(declared.c.id)).scalar_subquery()
    columns = [column for column in declared.columns if column.identity is None]
    unique = _unique(declared)
    expressions = [
        literal(values[column.name], column.type)
        if column.name in values
        else _varied(column, numbers.c.number)
        if column.name in unique
        else column
        for column in columns
    ]
    source = select(*expressions).select_from(declared.join(numbers, literal(True))).where(declared.c.id == newest)
    connection.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'))
    connection.execute(insert(declared).from_select([column.name for column in columns], source))
    connection.execute(text(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'))


def _unique(table: Table) -> set[str]:
    groups = [constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    groups += [index.columns for index in table.indexes if index.unique]
    referring = {column.name for key in table.foreign_key_constraints for column in key.columns}
    return {column.name for group in groups for column in group if isinstance(column, Column)} - referring


def _varied(column: Column[object], number: Column[int]) -> object:
    if isinstance(column.type, BigInteger | Integer):
        return column + number * 1000
    implementation = getattr(column.type, "impl", column.type)
    if hasattr(column.type, "enum_class") or not hasattr(implementation, "length"):
        return column
    return func.concat(column, "-", cast(number, Text))
