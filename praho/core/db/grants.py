"""The two database roles, and the statements that give them what a model's `__access__` declares.

Migrations carry the statements; a test compares them with the models. Owned tables have one policy for each role
that may see rows: a single policy with an OR would cost every indexed text search its index.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.orm import Mapper

from praho.core.db import search
from praho.core.db.base import Access, Base
from praho.core.db.scope import PORTAL_ROLE, STAFF_ROLE

# Since PostgreSQL 16 whoever creates a role administers it without being able to take it.
_MAY_SET_ROLE = """
SELECT pg_has_role(
    current_user,
    cast(:role AS name),
    CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END
)
"""


def ensure_roles(connection: Connection) -> None:
    """Create both roles where they are missing, and let the login that migrates take them."""
    for role in (PORTAL_ROLE, STAFF_ROLE):
        connection.execute(
            text(
                f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN;"
                " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        )
        if not connection.execute(text(_MAY_SET_ROLE), {"role": role}).scalar_one():
            connection.execute(text(f"GRANT {role} TO CURRENT_USER"))


def statements_for(model: type[Base]) -> Iterator[str]:
    """Yield the statements that give both roles what the model declares, in a stable order."""
    table = model.__tablename__
    staff = "SELECT, INSERT" if model.__append_only__ else "SELECT, INSERT, UPDATE, DELETE"
    if model.__append_only_but__:
        staff += f", UPDATE ({', '.join(model.__append_only_but__)})"
    yield f"GRANT {staff} ON {table} TO {STAFF_ROLE}"
    portal = list(model.__portal_privileges__)
    if model.__access__ is not Access.STAFF:
        portal.insert(0, "SELECT")
    if portal:
        yield f"GRANT {', '.join(portal)} ON {table} TO {PORTAL_ROLE}"
    if model.__access__ is Access.CUSTOMER:
        column = "id" if table == "customers_customer" else "customer_id"
        mine = f"{column} = nullif(current_setting('praho.customer_id', true), '')::bigint"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY portal ON {table} TO {PORTAL_ROLE} USING ({mine}) WITH CHECK ({mine})"
        yield f"CREATE POLICY staff ON {table} TO {STAFF_ROLE} USING (true) WITH CHECK (true)"


def all_statements(metadata: MetaData) -> Iterator[str]:
    """Yield the statements of every model, parents first, and those of its search columns."""
    models: dict[str, type[Base]] = {}
    for mapper in Base.registry.mappers:
        assert isinstance(mapper, Mapper)
        models[mapper.class_.__tablename__] = mapper.class_
    for table in metadata.sorted_tables:
        yield from statements_for(models[table.name])
        yield from search.statistics_for(table)
