"""Migrations make what the models declare: tables, grants, policies; once, whoever else migrates at that moment."""

import pytest
from sqlalchemy import Connection, create_engine, text

from praho.core.db import grants, migrate
from praho.core.db.scope import PORTAL_ROLE, STAFF_ROLE
from praho.models.all import METADATA
from tests.threads import all_at_once

_PRIVILEGES = """
SELECT relname, relkind, relrowsecurity, relforcerowsecurity, granted.grantee::regrole::text, privilege_type
FROM pg_class, aclexplode(relacl) AS granted
WHERE relnamespace = 'public'::regnamespace AND granted.grantee <> relowner
UNION ALL
SELECT relname || '.' || attname, 'column', false, false, granted.grantee::regrole::text, privilege_type
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl) AS granted
WHERE relnamespace = 'public'::regnamespace
"""
_SECURED = "SELECT relname, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
_POLICIES = "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies"
_SEQUENCES = {"billing_proforma_number", "orders_order_number"}


@pytest.fixture
def empty(server):
    """The URL of a database without anything in it."""
    name = server.create("empty")
    yield server.database_url(name)
    server.drop(name)


def _rights(connection: Connection) -> set[tuple[object, ...]]:
    found = {
        (query, *map(str, row))
        for query in (_PRIVILEGES, _SECURED, _POLICIES)
        for row in connection.execute(text(query))
    }
    return {row for row in found if row[1] not in _SEQUENCES | {"alembic_version"}}


def test_the_migrations_make_what_the_models_declare(live_db):
    assert migrate.drift(live_db.url, METADATA) == []
    assert migrate.is_current(live_db.engine)


def test_the_rights_in_the_database_are_those_that_the_models_declare(live_db, empty):
    engine = create_engine(empty)
    with engine.connect() as declared:
        METADATA.create_all(declared)
        for statement in grants.all_statements(METADATA):
            declared.execute(text(statement))
        declared.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {STAFF_ROLE}"))
        with live_db.as_owner() as migrated:
            assert _rights(migrated) ^ _rights(declared) == set()
    engine.dispose()


@pytest.mark.parametrize("sequence", sorted(_SEQUENCES))
def test_only_staff_and_the_system_draw_numbers(live_db, sequence):
    may = text("SELECT has_sequence_privilege(:role, :sequence, 'USAGE')")
    with live_db.as_owner() as owner:
        for role, allowed in ((PORTAL_ROLE, False), (STAFF_ROLE, True)):
            assert owner.execute(may, {"role": role, "sequence": sequence}).scalar() is allowed


def test_nobody_else_has_any_right(live_db):
    with live_db.as_owner() as owner:
        granted = {row[5] for row in _rights(owner) if row[0] == _PRIVILEGES}
        assert granted == {PORTAL_ROLE, STAFF_ROLE}
        everybody = "SELECT has_schema_privilege('public', 'public', 'USAGE')"
        assert owner.execute(text(everybody)).scalar() is False


def test_the_roles_cannot_sign_in_and_are_nobodys_masters(live_db):
    query = text(
        "SELECT rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles"
        " WHERE rolname IN ('praho_portal', 'praho_staff')"
    )
    with live_db.as_owner() as owner:
        assert owner.execute(query).scalars().all() == [False, False]


def test_a_second_upgrade_changes_nothing(live_db):
    with live_db.as_owner() as owner:
        before = _rights(owner)
    migrate.upgrade(live_db.url)
    with live_db.as_owner() as owner:
        assert _rights(owner) == before


def test_two_upgrades_at_once_make_one_schema(empty):
    all_at_once([lambda: migrate.upgrade(empty)] * 2)
    assert migrate.drift(empty, METADATA) == []


def test_an_upgrade_that_fails_leaves_nothing(empty):
    engine = create_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE users_user (id int)"))
    with pytest.raises(Exception, match="users_user"):
        migrate.upgrade(empty)
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
    engine.dispose()
    assert tables == ["users_user"]


def test_an_empty_database_is_not_current(empty):
    engine = create_engine(empty)
    assert not migrate.is_current(engine)
    engine.dispose()
