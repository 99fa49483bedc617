"""The benchmark's own installation: a database server, secrets and a sandbox world below one folder."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask

import praho.models.all  # noqa: F401 - every model before the first query is written down
from benchmarks.seeding import founding, multiplying, prototypes
from praho import app as application
from praho import config
from praho.config import Config
from praho.core import clock, logging
from praho.core.db import embedded, engine, migrate
from praho.operations.local import world

_SOURCES = ("migrations/*.py", "migrations/versions/*.py", "benchmarks/seeding/*.py")


@dataclass(frozen=True)
class Installation:
    """A seeded installation that runs. `environment` is what a process of PRAHO needs to serve it."""

    app: Flask
    database: str
    """The address of the database for psycopg."""
    environment: dict[str, str]


@contextlib.contextmanager
def running(folder: Path, size: int, *, durable: bool = True) -> Iterator[Installation]:
    """Run the installation of a folder for a block, seeded anew where schema, seed, size or day have changed."""
    folder.mkdir(parents=True, exist_ok=True)
    server = embedded.start(folder / "postgres", durable=durable)
    try:
        environment = {"PRAHO_INSTANCE_DIR": str(folder), "PRAHO_LOG_LEVEL": "error"}
        with _environment(environment | {"PRAHO_DATABASE_URL": server.url}):
            settings = config.load(dotenv=None)
            logging.configure(settings.log_level, settings.log_format)
            app = _seeded(server, settings, folder / "seeded", size)
            database = server.url.replace("+psycopg", "", 1)
            yield Installation(app, database, {**os.environ})
    finally:
        server.stop()


def _seeded(server: embedded.EmbeddedServer, settings: Config, stamp: Path, size: int) -> Flask:
    wanted = _fingerprint(size)
    if stamp.exists() and stamp.read_text() == wanted:
        click.echo("The database of the last run is used again.")
        return application.create_app(settings)
    stamp.unlink(missing_ok=True)
    multiplying.recreate(server.superuser_url.replace("+psycopg", "", 1), embedded.OWNER, embedded.DATABASE)
    migrate.upgrade(server.url)
    app = application.create_app(settings)
    shutil.rmtree(settings.instance_dir / "sandbox", ignore_errors=True)  # it would remember the last seed's domains
    with world.running(settings) as worlds, app.app_context():
        founding.found(worlds["sandbox"])
        prototypes.live(application.jobs(app))
    connected = engine.connect(server.url)
    connected.dispose()
    multiplying.multiply(server.url.replace("+psycopg", "", 1), prototypes.PROTOTYPES, size)
    stamp.write_text(wanted)
    return app


def _fingerprint(size: int) -> str:
    found = [path.read_bytes() for pattern in _SOURCES for path in sorted(config.ROOT.glob(pattern))]
    return f"{size} {clock.today()} {hashlib.sha256(b''.join(found)).hexdigest()}\n"


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Let this process have no other PRAHO variables than these, for the length of a block."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(config.PREFIX)]:
        del os.environ[name]
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
