"""Raw SQL with the application's roles: what the database itself holds, whatever the program forgets.

The tables come from the models, so that a new one is covered by itself.
"""

from collections.abc import Iterator

import pytest
from psycopg import errors
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from praho.core.db.base import Access
from praho.core.db.scope import PORTAL_ROLE, STAFF_ROLE
from praho.models.all import METADATA
from tests.factories import rows
from tests.fixtures.database import become

OWNED = rows.tables(Access.CUSTOMER)
OWNED_BY_A_CUSTOMER = [table for table in OWNED if table != "customers_customer"]
APPEND_ONLY = [name for name, model in sorted(rows.models().items()) if model.__append_only__]

each_owned_table = pytest.mark.parametrize("table", OWNED)
each_role = pytest.mark.parametrize("role", [PORTAL_ROLE, STAFF_ROLE])


@pytest.fixture(scope="module")
def filled(shared_engine: Engine) -> Iterator[tuple[Connection, rows.Filler, rows.Filler]]:
    """Two customers with one row each in every table that customers own, gone after this module."""
    with shared_engine.connect() as connection, connection.begin() as everything:
        both = rows.Filler(connection), rows.Filler(connection)
        for filler in both:
            filler.fill()
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        yield connection, *both
        everything.rollback()


@pytest.fixture
def sql(filled) -> Iterator[Connection]:
    """The owner's connection; whatever a test does or becomes is undone after it."""
    with filled[0].begin_nested() as savepoint:
        yield filled[0]
        savepoint.rollback()


@pytest.fixture
def mine(filled) -> rows.Filler:
    return filled[1]


@pytest.fixture
def other(filled) -> rows.Filler:
    return filled[2]


def _owner(table: str) -> str:
    return "id" if table == "customers_customer" else "customer_id"


def _owners(connection: Connection, table: str) -> set[int]:
    return set(connection.execute(text(f"SELECT {_owner(table)} FROM {table}")).scalars())


def _refused(connection: Connection, statement: str) -> bool:
    """Whether the database refuses the statement for want of a right, and for no other reason."""
    with connection.begin_nested() as attempt:
        try:
            connection.execute(text(statement))
        except ProgrammingError as error:
            attempt.rollback()
            assert isinstance(error.orig, errors.InsufficientPrivilege), error
            return True
        attempt.rollback()
    return False


@each_owned_table
def test_nobody_sees_another_customers_row(sql, mine, other, table):
    both = {mine.customer_id, other.customer_id}
    for role, customer, seen in (
        (STAFF_ROLE, "", both),
        (PORTAL_ROLE, str(mine.customer_id), {mine.customer_id}),
        (PORTAL_ROLE, str(other.customer_id), {other.customer_id}),
        (PORTAL_ROLE, "", set()),
        (PORTAL_ROLE, "0", set()),
    ):
        become(sql, role, customer)
        assert _owners(sql, table) == seen, (role, customer)


@pytest.mark.parametrize("table", OWNED_BY_A_CUSTOMER)
def test_the_portal_inserts_for_its_own_customer_at_most(sql, table):
    own, foreign = (rows.Filler(sql).values(table) for _ in range(2))
    become(sql, PORTAL_ROLE, str(own["customer_id"]))
    insert = METADATA.tables[table].insert()
    with pytest.raises(ProgrammingError) as refusal, sql.begin_nested():
        sql.execute(insert.values(foreign))
    assert isinstance(refusal.value.orig, errors.InsufficientPrivilege)
    if "INSERT" in rows.models()[table].__portal_privileges__:
        sql.execute(insert.values(own))


@each_owned_table
def test_the_portal_changes_no_other_customers_row_and_gives_none_away(sql, mine, other, table):
    become(sql, PORTAL_ROLE, str(mine.customer_id))
    owner = _owner(table)
    touching = [
        f"UPDATE {table} SET {column.name} = {column.name} WHERE {owner} = {other.customer_id}"
        for column in METADATA.tables[table].columns
    ]
    for statement in [*touching, f"DELETE FROM {table} WHERE {owner} = {other.customer_id}"]:
        if not _refused(sql, statement):
            assert sql.execute(text(statement)).rowcount == 0
    assert _refused(sql, f"UPDATE {table} SET {owner} = {other.customer_id} WHERE {owner} = {mine.customer_id}")


@each_owned_table
def test_the_portal_locks_the_rows_that_it_may_change(sql, mine, table):
    privileges = rows.models()[table].__portal_privileges__
    may_update = any(privilege.startswith("UPDATE") for privilege in privileges)
    become(sql, PORTAL_ROLE, str(mine.customer_id))
    assert _refused(sql, f"SELECT {_owner(table)} FROM {table} FOR NO KEY UPDATE") is not may_update


@pytest.mark.parametrize("table", rows.tables(Access.SHARED))
def test_everybody_reads_what_is_shared_and_only_staff_write_it(sql, table):
    column = next(iter(METADATA.tables[table].columns)).name
    become(sql, PORTAL_ROLE, "")
    assert not _refused(sql, f"SELECT * FROM {table}")
    assert _refused(sql, f"UPDATE {table} SET {column} = {column}")
    assert _refused(sql, f"DELETE FROM {table}")
    assert _refused(sql, f"INSERT INTO {table} DEFAULT VALUES")


@pytest.mark.parametrize("table", rows.tables(Access.STAFF))
def test_the_portal_has_no_more_of_the_staffs_tables_than_is_named(sql, table):
    privileges = rows.models()[table].__portal_privileges__
    columns = ", ".join(f"{column.name} = {column.name}" for column in METADATA.tables[table].columns)
    become(sql, PORTAL_ROLE, "")
    for privilege, statement in (
        ("SELECT", f"SELECT * FROM {table}"),
        ("INSERT", f"INSERT INTO {table} DEFAULT VALUES"),
        ("UPDATE", f"UPDATE {table} SET {columns}"),
        ("DELETE", f"DELETE FROM {table}"),
    ):
        assert privilege in privileges or _refused(sql, statement), statement


@each_role
def test_nobody_truncates(sql, role):
    become(sql, role, "")
    for table in METADATA.tables:
        assert _refused(sql, f"TRUNCATE {table} CASCADE"), table


@each_role
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_append_only_stays(sql, table, role):
    column = next(iter(METADATA.tables[table].columns)).name
    become(sql, role, "")
    assert _refused(sql, f"UPDATE {table} SET {column} = {column}")
    assert _refused(sql, f"DELETE FROM {table}")


@each_role
def test_the_roles_change_no_schema(sql, role):
    become(sql, role, "")
    assert _refused(sql, "CREATE TABLE own (id int)")
    assert _refused(sql, "ALTER TABLE customers_customer DISABLE ROW LEVEL SECURITY")


def test_a_child_cannot_belong_to_another_customer_than_its_parent(sql, mine, other):
    line = {**mine.values("billing_document_line"), "position": 2, "customer_id": other.customer_id}
    with pytest.raises(DBAPIError) as refusal, sql.begin_nested():
        sql.execute(METADATA.tables["billing_document_line"].insert().values(line))
    assert isinstance(refusal.value.orig, errors.ForeignKeyViolation)


def test_every_reference_between_owned_tables_carries_the_customer():
    alone = [
        f"{table}({', '.join(constraint.column_keys)})"
        for table in OWNED_BY_A_CUSTOMER
        for constraint in METADATA.tables[table].foreign_key_constraints
        if constraint.referred_table.name in OWNED and "customer_id" not in constraint.column_keys
    ]
    assert alone == []


def test_every_owned_row_hangs_on_its_customer():
    for table in OWNED_BY_A_CUSTOMER:
        referred = {constraint.referred_table.name for constraint in METADATA.tables[table].foreign_key_constraints}
        assert referred & set(OWNED), table


def test_every_model_says_whose_rows_it_holds():
    assert {"customers_customer", "billing_document_line", "orders_item", "provisioning_service"} <= set(OWNED)
    assert {"billing_ledger_entry", "audit_event"} <= set(APPEND_ONLY)
    for name, model in rows.models().items():
        assert isinstance(model.__access__, Access), name
        if model.__access__ is Access.SHARED:
            assert "customer_id" not in METADATA.tables[name].columns, name
