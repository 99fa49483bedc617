"""The `praho` command: running and looking after an installation.

The commands of the domains are named here, and not in their `module.py`: a server that starts needs none of them.
One that needs the application takes it from click's context object:

    @click.command()
    @click.pass_obj
    def renewals(opened: Callable[[], AbstractContextManager[Flask]]) -> None:
        with opened(): …
"""

import contextlib
import socket
from collections.abc import Iterator, Mapping

import click
from flask import Flask

from praho import app as application
from praho import config as deploy
from praho.billing.efactura import cli as efactura_cli
from praho.config import Config, ConfigError
from praho.core import catalogues, domain, events, logging
from praho.core.db import embedded, migrate
from praho.core.jobs.local import LocalRunner
from praho.integrations.errors import PluginCannotLoad
from praho.models.all import METADATA
from praho.operations import cli as operations_cli
from praho.operations.local import checks, database, serving, world
from praho.operations.local.checks import CannotRun
from praho.reports import cli as reports_cli
from praho.users import cli as users_cli


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="praho")
@click.pass_context
def main(context: click.Context) -> None:
    """Run and look after a PRAHO installation."""
    context.obj = opened


@main.command()
def run() -> None:
    """Start PRAHO on this machine: database, migrations, demo data, job runner and web server in one process."""
    with _sentences(), serving.until_asked_to_end():
        config = deploy.load()
        logging.configure(config.log_level, config.log_format)
        checks.refuse_exposed_demo(config)
        with checks.only_one(config), checks.listening_socket(config) as listening:
            checks.refuse_full_disk(config.instance_dir)
            click.echo("Starting the database …")
            with database.owned(config) as configured:
                database.migrate_to_newest(configured)
                with world.running(configured) as worlds:
                    _serve(configured, listening, worlds)


def _serve(config: Config, listening: socket.socket, worlds: Mapping[str, str]) -> None:
    """Answer requests until asked to end, and run jobs in this process unless a broker's workers do."""
    app = application.create_app(config)
    demonstrates = config.demo and operations_cli.demonstrate(app, worlds, config.demo_size)
    with _jobs_here(app) if config.redis_url is None else contextlib.nullcontext():
        try:
            click.echo(f"PRAHO serves {config.base_url} (Ctrl-C ends it)")
            click.echo(operations_cli.addresses(config, worlds))
            if demonstrates:
                click.echo(operations_cli.logins())
            serving.serve(app, listening, config)
        finally:
            click.echo("Ending …")


@contextlib.contextmanager
def _jobs_here(app: Flask) -> Iterator[None]:
    runner = LocalRunner(application.jobs(app), domain.registry().schedule)
    runner.start()
    try:
        yield
    finally:
        runner.stop()


@main.group()
def db() -> None:
    """The database and its migrations."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database up to the newest migration."""
    with _sentences(), database.available(_config()) as config:
        database.migrate_to_newest(config)
    click.echo("The database stands at the newest migration.")


@db.command("check")
def db_check() -> None:
    """Migrate an empty database and compare it with the models; exit 1 where they differ."""
    with _sentences(), embedded.throwaway() as server:
        migrate.upgrade(server.url)
        differences = migrate.drift(server.url, METADATA)
    for difference in differences:
        click.echo(str(difference))
    if differences:
        raise click.ClickException("The migrations do not make what the models declare.")
    click.echo("Migrations and models agree.")


@db.command("url")
def db_url() -> None:
    """Print the address of the database, for psql and other tools; the embedded one must run."""
    with _sentences(), database.available(_config()) as config:
        click.echo(database.url(config).replace("+psycopg", "", 1))


@main.command("env-example")
def env_example() -> None:
    """Print every deploy setting with its meaning and default."""
    click.echo(deploy.example(), nl=False)


@main.command("new-key")
@click.argument("name")
def new_key(name: str) -> None:
    """Print a fresh encryption key called NAME, to be put first in PRAHO_ENCRYPTION_KEYS."""
    click.echo(deploy.new_encryption_key(name))


@main.command("events")
def list_events() -> None:
    """Print who hears which event, in the order of the calls."""
    domain.install(application.DOMAINS)
    for event, subscriber in events.listing():
        click.echo(f"{event}  →  {subscriber}")


for _command in (
    catalogues.commands,
    users_cli.group,
    efactura_cli.group,
    reports_cli.group,
    operations_cli.demo,
    operations_cli.doctor,
):
    main.add_command(_command)


@contextlib.contextmanager
def opened() -> Iterator[Flask]:
    """The application over the configured or local database, in its context, for one command."""
    with _sentences():
        config = _config()
        logging.configure(config.log_level, config.log_format)
        with database.available(config) as configured:
            app = application.create_app(configured)
            with app.app_context():
                yield app


def _config() -> Config:
    return deploy.load()


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """Turn the expected troubles of a start into one sentence on standard error and exit code 1."""
    try:
        yield
    except (CannotRun, ConfigError, PluginCannotLoad, embedded.EmbeddedDatabaseError) as error:
        raise click.ClickException(str(error)) from error
