"""What a database is like, as opposed to what it holds: for the people who look after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from praho.core.db.base import Access, Base
from praho.core.db.engine import connected
from praho.core.db.scope import PORTAL_ROLE, STAFF_ROLE

_POLICIES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relrowsecurity
AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) >= 2
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A database server: its version as people write it, as a number, and its clock."""

    version: str
    number: int
    now: datetime


def server() -> Server:
    """Ask the connected server who it is."""
    with connected().connect() as connection:
        statement = "SELECT current_setting('server_version'), current_setting('server_version_num'), clock_timestamp()"
        version, number, now = connection.execute(text(statement)).one()
        return Server(version.split(" ")[0], int(number), now)


def migrated() -> bool:
    """Return whether the connected database stands at the newest migration."""
    from praho.core.db.migrate import is_current  # noqa: PLC0415 - Alembic is of no use to a server but for this

    return is_current(connected())


def missing_roles() -> list[str]:
    """Return which of the two roles the login cannot take."""
    missing = []
    for role in (PORTAL_ROLE, STAFF_ROLE):
        try:
            with connected().connect() as connection:
                connection.execute(text("SELECT set_config('role', :role, true)"), {"role": role})
        except DBAPIError:
            missing.append(role)
    return missing


def unprotected() -> list[str]:
    """Return the tables of customers' data that row-level security does not guard, by name."""
    with connected().connect() as connection:
        guarded = set(connection.execute(text(_POLICIES)).scalars())
    owned = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if _is_owned(mapper.class_)}
    return sorted(owned - guarded)


def _is_owned(model: type[Base]) -> bool:
    return model.__access__ is Access.CUSTOMER
