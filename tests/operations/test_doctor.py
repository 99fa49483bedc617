"""The doctor: a sentence for each thing that an installation needs, and an exit code for machines."""

import json
from contextlib import contextmanager

import pytest
from click import ClickException
from click.testing import CliRunner
from pydantic import SecretStr
from sqlalchemy import text, update

from praho import config as deploy
from praho.core import crypto
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import NumberSeries
from praho.operations import cli
from praho.operations.services.demo import loading
from praho.operations.services.doctor import business, database, examining, machine
from praho.operations.services.doctor.findings import State
from tests.fixtures.isolation import KEYS

PRODUCTION = {
    "environment": "production",
    "secret_key": "s",
    "encryption_keys": "k",
    "database_url": "postgresql://db/praho",
    "public_url": "https://praho.example.ro",
}


@pytest.fixture
def examined(app):
    @contextmanager
    def opened():
        with app.app_context():
            yield app

    return lambda *words: CliRunner().invoke(cli.doctor, words, obj=opened)


def found(config) -> dict[str, State]:
    return {finding.name: finding.state for finding in examining.examine(config)}


def test_a_demonstration_is_fit_and_what_is_not_is_named(app, live_db, sandbox, examined):
    with app.app_context():
        loading.load({"sandbox": sandbox.url})
    done = examined("--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert said["ok"] is True
    states = {check["name"]: check["state"] for check in said["checks"]}
    assert states["keys"] == states["company"] == states["numbers"] == states["provider Card (sandbox)"] == "ok"
    assert {"python", "disk", "clock", "broker", "mail", "database", "migrations", "roles", "row security"} <= set(
        states
    )

    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(NumberSeries).values(next_number=NumberSeries.next_number + 1))
    with live_db.as_owner() as connection:
        connection.execute(text("UPDATE core_job SET run_at = now() - interval '1 hour'"))
        connection.execute(text("ALTER TABLE orders_order DISABLE ROW LEVEL SECURITY"))
    crypto.configure(deploy.new_encryption_key("other"))
    done = examined()
    crypto.configure(KEYS)
    assert done.exit_code == 1
    for words in ("Series HCP has", "late by more than ten minutes", "orders_order", "cannot be read: a key"):
        assert words in done.output


def test_an_old_schema_is_said_before_anything_reads_it(app, live_db):
    with live_db.as_owner() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'earlier'"))
    states = found(app.config["PRAHO"])
    assert states["migrations"] is State.ERROR
    assert "company" not in states


def test_an_empty_company_cannot_invoice(app):
    assert found(app.config["PRAHO"])["company"] is State.ERROR


def test_what_cannot_start_is_one_finding():
    def opened():
        raise ClickException("The database does not answer.")

    done = CliRunner().invoke(cli.doctor, ["--json"], obj=opened)
    assert done.exit_code == 1
    assert json.loads(done.output)["checks"] == [
        {"name": "start", "state": "error", "sentence": "The database does not answer."}
    ]


def made(**values):
    return deploy.Config(_env_file=None, **values)


@pytest.mark.parametrize(
    ("changed", "states"),
    [
        ({"demo": False, "trusted_proxies": 1}, {"address": State.OK}),
        ({"demo": False}, {"address": State.WARNING}),
        ({"demo": False, "public_url": "http://praho.example.ro"}, {"address": State.ERROR}),
        ({"trusted_proxies": 1}, {"address": State.OK, "demo": State.ERROR}),
    ],
)
def test_the_address_of_a_production(changed, states):
    assert {one.name: one.state for one in business.exposure(made(**PRODUCTION | changed))} == states


def test_silent_services_are_errors(tmp_path):
    nowhere = made(
        redis_url=SecretStr("redis://127.0.0.1:1/0"), smtp_url=SecretStr("smtp://127.0.0.1:1"), instance_dir=tmp_path
    )
    assert machine.broker(nowhere).state is State.ERROR
    assert machine.mail(nowhere).state is State.ERROR
    assert machine.mail(made(**PRODUCTION, demo=False)).state is State.ERROR
    assert machine.disk(made(instance_dir=tmp_path / "missing")).state is State.ERROR
    assert machine.python().state is State.OK


def test_every_check_of_the_database_says_something(app):
    assert [finding.name for finding in database.checks()] == ["database", "migrations", "roles", "row security"]


@pytest.mark.redis
def test_a_broker_without_workers_runs_no_jobs(redis_broker):
    found = machine.broker(made(redis_url=SecretStr(redis_broker.url)))
    assert (found.state, found.sentence) == (
        State.ERROR,
        "The broker answers, but no worker does: nobody runs the jobs.",
    )
