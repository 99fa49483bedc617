"""A scenario of the crash harness: a proforma is paid by card, invoiced, and its order delivered.

The buyer clicks and pays, and the bank reports, all of it as often as it takes; the sandbox's world outlives every
kill, and so does the one e-Factura check that serves all lives.
"""

import functools
import os
from pathlib import Path

import httpx
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select

from praho import app as application
from praho import config
from praho.billing.efactura import jobs as efactura_jobs
from praho.billing.efactura.services import making
from praho.billing.errors import NotPayable
from praho.billing.events import MAKE_PDF, MAKE_XML, DocumentWork
from praho.billing.payments.services import attempts, reconciling, starting
from praho.core import clock, crypto
from praho.core.db import engine
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.jobs import celery_driver, queueing
from praho.core.jobs.kinds import JobHandler
from praho.core.jobs.running import Jobs
from praho.integrations.services import choosing, inbox
from praho.models.billing.documents import Document, DocumentKind
from praho.models.integrations import ProviderKind
from praho_sandbox.world import signing
from praho_sandbox.world.config import DEFAULT_WEBHOOK_SECRET
from tests.crash import checking, rehearsal
from tests.journeys import outcomes, shop

WORLD = "PRAHO_TEST_WORLD"
CHECK = "PRAHO_TEST_CHECK"
# Nobody listens there: what the bank reports is handed over by `act`.
_NOWHERE = "http://127.0.0.1:9"


def open_application() -> Jobs:
    app = application_without_database()
    app.config["PRAHO"] = config_of(os.environ["PRAHO_DATABASE_URL"], Path(os.environ["PRAHO_INSTANCE_DIR"]))
    crypto.configure(os.environ["PRAHO_ENCRYPTION_KEYS"])
    engine.connect(os.environ["PRAHO_DATABASE_URL"])
    if "PRAHO_REDIS_URL" in os.environ:
        queueing.use_nudge(celery_driver.Nudge(os.environ["PRAHO_REDIS_URL"]))
    jobs = application.jobs(app)
    handlers = {**jobs.handlers, MAKE_XML.name: JobHandler(MAKE_XML, _make_xml)}
    if rehearsal.on():
        handlers[MAKE_PDF.name] = JobHandler(MAKE_PDF, _make_pdf_elsewhere)
    return Jobs(handlers, app.app_context)


@functools.cache
def application_without_database() -> Flask:
    """Return the application, made once in the process that all others are forked from."""
    return application.create_app(config_of("postgresql://nobody@127.0.0.1:1/none", Path()))


def prepare() -> None:
    """The order is placed in the database that all runs are copied from."""


def act() -> None:
    """Click on "pay", pay at the bank, and let it report."""
    with entered(SystemScope("look")) as looking:
        proforma = looking.scalars(select(Document).where(Document.kind == DocumentKind.PROFORMA)).one()
    account = choosing.choices(ProviderKind.PAYMENT)[0]
    try:
        attempt = _start(proforma, account.public_id)
    except NotPayable:
        return
    with entered(SystemScope("ask")):
        if attempt.url is None:
            reconciling.ask(attempt.public_id)
    with httpx.Client(base_url=os.environ[WORLD], trust_env=False, verify=False) as world:
        world.post("/__pay__", json={"key": attempt.public_id, "failure": ""}).raise_for_status()
        reports = world.get("/__webhooks__").json()["deliveries"]
    for report in reports:
        body = report["body"].encode()
        headers = signing.signed_headers(DEFAULT_WEBHOOK_SECRET, body, clock.machine_now())
        inbox.receive(account.public_id, headers, body)


def assert_settled() -> None:
    """Fail unless there is one of everything; see `outcomes`."""
    with httpx.Client(base_url=os.environ[WORLD], trust_env=False, verify=False) as client:
        state = client.get("/__state__").json()
    outcomes.assert_delivered_once(state["accounts"], state["domains"], shop.DOMAIN)
    outcomes.assert_paid_once()
    outcomes.assert_told_once(Path(os.environ["PRAHO_INSTANCE_DIR"]) / "mail")


def _start(proforma: Document, account_id: str) -> attempts.AttemptView:
    addresses = starting.Addresses(lambda _attempt: f"{_NOWHERE}/returned", lambda _account: f"{_NOWHERE}/webhooks")
    with entered(CustomerScope(proforma.customer_id)):
        return starting.start(proforma.public_id, account_id, addresses)


def _make_xml(work: DocumentWork) -> None:
    """Share one check: a process of its own takes seconds to start, and dies with its owner."""
    making.make(work.document_id, checking.RemoteChecker(os.environ[CHECK]))


def _make_pdf_elsewhere(work: DocumentWork) -> None:
    """Make the PDF in a process of its own: typst's threads would be missing in all that are forked from this one."""
    pid = os.fork()
    if pid == 0:
        try:
            efactura_jobs.make_pdf(work)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def config_of(database_url: str, folder: Path) -> config.Config:
    """Return the deploy settings of an application over a database and an instance folder."""
    return config.Config(
        _env_file=None,
        database_url=SecretStr(database_url),
        secret_key=SecretStr("a key of tests only, long enough to sign"),
        encryption_keys=SecretStr(config.new_encryption_key("unused")),
        instance_dir=folder,
        database_pool_size=2,
    )
