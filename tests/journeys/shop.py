"""A shop for whole lives: the demonstration's company, accounts and plans at the sandbox world, and a buyer."""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from werkzeug.serving import make_server

from praho.billing.payments.services import attempts, reconciling, starting, transfers
from praho.core import clock
from praho.core.db.scope import CustomerScope, StaffScope, SystemScope, entered
from praho.core.jobs.running import Jobs
from praho.integrations.services import choosing
from praho.models.catalogue import BillingCycle
from praho.models.customers import Customer
from praho.models.integrations import ProviderKind
from praho.operations.services.demo import company, plans, providers, suffixes
from praho.orders.services import carts, placing, reading, terms
from tests.factories import customers
from tests.fixtures.database import LiveDatabase

DOMAIN = "calatorii-line.ro"
_MOST_RUNS = 400
_PATIENCE = 20.0
_LATER = text("UPDATE core_job SET run_at = now() WHERE state IN ('ready', 'retry') AND run_at > now() RETURNING id")
_MINUTES_PASS = text("UPDATE billing_payment_attempt SET ask_at = ask_at - interval '2 minutes'")


def open_shop(world_url: str) -> None:
    """Set up all that selling needs, by the services that the demonstration uses."""
    with entered(SystemScope("test")):
        company.set_up()
        providers.open_accounts(world_url)
        accounts = providers.accounts()
        plans.stock(accounts.provisioner)
        suffixes.stock(accounts.registrar)


def new_buyer() -> Customer:
    """Return a company with an owner."""
    buyer = customers.make_customer()
    customers.make_member(buyer)
    return buyer


def order(buyer: Customer, domain: str = DOMAIN, form_token: str = "the order") -> str:
    """Order a plan with its domain and return the order's public id."""
    token = carts.add_domain(None, domain, 1, for_plan=(plans.STANDARD, BillingCycle.ANNUAL))
    with entered(SystemScope("test")):
        accepted = terms.Acceptance(terms.version(), "127.0.0.1")
    return placing.place(placing.Wish(token, "ro"), buyer.id, accepted, form_token=form_token)


def proforma_of(order_id: str) -> str:
    """Return the public id of the proforma that asks for an order's money."""
    with entered(SystemScope("test")):
        proforma = reading.shown(order_id).proforma
    assert proforma is not None
    return proforma.public_id


def transfer(order_id: str, staff_id: int, form_token: str = "the transfer") -> None:
    """Record the bank transfer of an order, as staff do."""
    with entered(SystemScope("test")):
        total = reading.total_of(reading.shown(order_id).row)
    received = transfers.Transfer(total.minor, total.currency, clock.today(), "OP 1187")
    with entered(StaffScope(staff_id)):
        transfers.record(proforma_of(order_id), received, form_token=form_token)


class Reports:
    """A WSGI application around ours, which counts the webhooks that were answered."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app
        self._changed = threading.Condition()
        self.statuses: list[int] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        answered: list[int] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            answered.append(int(status.split(maxsplit=1)[0]))
            return start_response(status, headers, *rest)

        yield from self._app(environ, start)
        if environ["PATH_INFO"].startswith("/webhooks/"):
            with self._changed:
                self.statuses += answered
                self._changed.notify_all()

    def wait_for(self, count: int) -> list[int]:
        """Return the statuses of the webhooks once there are as many as that."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.statuses) >= count, _PATIENCE), self.statuses
            return list(self.statuses)


class Till:
    """The card payments of a shop: the address that the bank reports to, and what it has reported."""

    def __init__(self, address: str, reports: Reports) -> None:
        self.reports = reports
        self._address = address
        with entered(SystemScope("test")):
            self._account = choosing.choices(ProviderKind.PAYMENT)[0].public_id

    def pay(self, buyer: Customer, order_id: str) -> attempts.AttemptView:
        """Click on "pay" for an order, as a member of the customer does."""
        addresses = starting.Addresses(
            return_url=lambda attempt_id: f"{self._address}/returned/{attempt_id}",
            webhook_url=lambda account_id: f"{self._address}/webhooks/payments/{account_id}",
        )
        with entered(CustomerScope(buyer.id)):
            return starting.start(proforma_of(order_id), self._account, addresses)

    def come_back(self, buyer: Customer, attempt_id: str) -> None:
        """Return from the bank's page, which proves nothing."""
        with entered(CustomerScope(buyer.id)):
            starting.ask_now(attempt_id)


@contextmanager
def serving(app: Callable[..., Any]) -> Iterator[Till]:
    """Serve the application to the bank for a block."""
    reports = Reports(app)
    server = make_server("127.0.0.1", 0, reports, threaded=True)
    thread = threading.Thread(target=functools.partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    try:
        yield Till(f"http://127.0.0.1:{server.port}", reports)
    finally:
        server.shutdown()
        thread.join(_PATIENCE)
        server.server_close()


def run_all(jobs: Jobs, database: LiveDatabase) -> None:
    """Run jobs until none is open, as if hours passed between the tries."""
    for _ in range(_MOST_RUNS):
        if jobs.run_one("journey"):
            continue
        with database.as_owner() as owner:
            if not owner.execute(_LATER).all():
                return
    raise AssertionError("the jobs do not come to an end")


def let_minutes_pass(database: LiveDatabase) -> None:
    """Let open attempts be due for a question."""
    with database.as_owner() as owner:
        owner.execute(_MINUTES_PASS)


def sweep_attempts() -> None:
    """Look for open attempts that are due, as the schedule does."""
    with entered(SystemScope("test")):
        reconciling.ask_about_open_attempts()
