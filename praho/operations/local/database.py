"""The database of a command at the terminal: the configured one, or the embedded one beside the program."""

import contextlib
from collections.abc import Iterator

import psycopg
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from praho.config import Config, variable
from praho.core.db import embedded, migrate
from praho.operations.local.checks import CannotRun


@contextlib.contextmanager
def available(config: Config) -> Iterator[Config]:
    """Yield the configuration with a `database_url` that answers.

    An embedded server that was not running is started for the block and stopped after it; one that runs, under
    `praho run` in another terminal, is used and left running. Raises CannotRun.
    """
    if config.database_url is not None:
        _ask(config.database_url.get_secret_value())
        yield config
        return
    folder = config.instance_dir / "postgres"
    try:
        found = embedded.running(folder)
        server = found or embedded.start(folder, version=config.embedded_postgres)
    except embedded.EmbeddedDatabaseError as error:
        raise CannotRun(str(error)) from error
    try:
        yield config.model_copy(update={"database_url": SecretStr(server.url)})
    finally:
        if found is None:
            server.stop()


@contextlib.contextmanager
def owned(config: Config) -> Iterator[Config]:
    """Like `available`, for the process that holds the folder: what a killed one left running is taken over."""
    with available(config) as configured:
        try:
            yield configured
        finally:
            left = None if config.database_url else embedded.running(config.instance_dir / "postgres")
            if left is not None:
                left.stop()


def url(config: Config) -> str:
    """Return the address of a configuration that `available` yielded."""
    if config.database_url is None:
        raise CannotRun(f"There is no database: set {variable('database_url')}, or use `praho run`.")
    return config.database_url.get_secret_value()


def migrate_to_newest(config: Config) -> None:
    """Run the missing migrations. Raises CannotRun with the database's own reason."""
    try:
        migrate.upgrade(url(config))
    except migrate.TooOld as error:
        raise CannotRun(str(error)) from error
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        raise CannotRun(f"The database cannot be brought to the newest migration: {why}") from error


def _ask(address: str) -> None:
    try:
        psycopg.connect(address.replace("+psycopg", "", 1), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[-1]
        raise CannotRun(f"The database of {variable('database_url')} does not answer: {why}") from error
    except psycopg.ProgrammingError as error:
        wanted = "postgresql://user:password@host/database"
        raise CannotRun(f"{variable('database_url')} is no PostgreSQL address, as {wanted}.") from error
