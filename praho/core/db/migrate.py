"""Bringing a database to the newest schema, and finding drift between models and migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlalchemy.pool import NullPool

from praho.config import ROOT
from praho.core.db.engine import with_driver
from praho.core.db.grants import ensure_roles

MIGRATIONS = ROOT / "migrations"
_ADVISORY_LOCK = 0x50524148  # "PRAH": one migration of a database at a time


class TooOld(RuntimeError):
    """The server is older than what we support."""


def alembic_config(connection: Connection | None = None, folder: Path = MIGRATIONS) -> AlembicConfig:
    """Return Alembic's configuration for our folder, bound to `connection` where one is given."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    config.set_main_option("prepend_sys_path", str(ROOT))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(url: str) -> None:
    """Create the roles and run every missing migration, alone, with lock and statement timeouts."""
    with _migrating(url) as connection:
        ensure_roles(connection)
        command.upgrade(alembic_config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Return whether the database stands at the newest migration."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def drift(url: str, metadata: MetaData) -> list[Any]:
    """Return what Alembic would change to make the database match the models; empty when they agree."""
    engine = create_engine(with_driver(url), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    engine = create_engine(with_driver(url))
    try:
        with engine.begin() as connection:
            version = connection.execute(text("SHOW server_version_num")).scalar_one()
            if int(version) < 150000:
                raise TooOld("PRAHO needs PostgreSQL 15 or newer.")
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SET LOCAL statement_timeout = '10min'"))
            yield connection
    finally:
        engine.dispose()
