"""The bank's reports over HTTP, as honest and as broken as they come: one settlement, a 400, or parked money."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from praho import app as application
from praho.billing.payments.services import starting
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.running import Jobs
from praho.core.jobs.table import Job, Queue
from praho.integrations.services import inbox
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import AttemptState
from praho.models.customers import Customer
from praho.models.integrations import InboxMessage, InboxState, ProviderAccount
from praho_sandbox.testing import SandboxWorld
from praho_sandbox.world import signing
from tests.billing.payments import paying
from tests.factories import billing, customers, providers
from tests.threads import until


@dataclass
class Shop:
    """A customer in front of the bank's page, and our application behind its port."""

    address: str
    world: SandboxWorld
    account: ProviderAccount
    buyer: Customer
    proforma: str
    jobs: Jobs

    def run_jobs(self) -> None:
        """Do what is urgent and due: money, not the making of files."""
        while self.jobs.run_one("test", queues=frozenset({Queue.HIGH})):
            pass

    def start(self) -> str:
        """Click on "pay" and return the attempt's id."""
        addresses = starting.Addresses(
            return_url=lambda attempt_id: f"{self.address}/account/sign-in?attempt={attempt_id}",
            webhook_url=lambda account_id: f"{self.address}/webhooks/payments/{account_id}",
        )
        with entered(CustomerScope(self.buyer.id)):
            return starting.start(self.proforma, self.account.public_id, addresses).public_id

    def delivered(self) -> list[dict[str, Any]]:
        """Wait until the bank has sent all of its reports, and return them."""
        until(lambda: all(row["answer"] for row in self.world.webhooks()))
        return self.world.webhooks()

    def pay(self) -> str:
        """Pay, have everything reported and acted upon; return the attempt's id."""
        attempt_id = self.start()
        self.world.pay(attempt_id)
        self.delivered()
        self.run_jobs()
        return attempt_id


@pytest.fixture
def shop(live_db, app, served, sandbox) -> Shop:
    billing.make_seller()
    buyer = customers.make_customer()
    account = providers.make_payment_account(sandbox)
    return Shop(served, sandbox, account, buyer, billing.make_proforma(buyer), application.jobs(app))


def messages() -> list[InboxMessage]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(InboxMessage).order_by(InboxMessage.id)))


def settled_once(shop: Shop, attempt_id: str) -> bool:
    [payment] = paying.all_payments()
    [_invoice] = billing.documents(DocumentKind.INVOICE)
    assert payment.attempt_id == paying.attempt(attempt_id).id
    assert paying.attempt(attempt_id).state is AttemptState.SUCCEEDED
    return billing.document(shop.proforma).state is DocumentState.PAID


@pytest.mark.parametrize("fault", [None, "duplicate", "reorder"])
def test_honest_reports_settle_once(shop, fault):
    if fault:
        shop.world.arm("webhook", fault)

    attempt_id = shop.pay()

    assert settled_once(shop, attempt_id)
    assert {row["answer"] for row in shop.world.webhooks()} == {"204"}
    assert [message.state for message in messages()] == [InboxState.HANDLED] * 2
    assert paying.all_parked() == []


def test_a_bank_that_answers_twice_is_settled_once(shop):
    attempt_id = shop.start()
    [payment] = shop.world.payments()
    shop.world.client.post(f"/pay/{payment['id']}", data={"action": "twice"}, follow_redirects=False)
    shop.delivered()
    shop.run_jobs()

    assert settled_once(shop, attempt_id)
    assert len(messages()) == 3


def test_reports_that_arrive_while_their_jobs_run_settle_once(shop):
    shop.world.arm("webhook", "duplicate")
    attempt_id = shop.start()
    shop.world.pay(attempt_id)
    while not all(row["answer"] for row in shop.world.webhooks()):
        shop.run_jobs()
    shop.run_jobs()

    assert settled_once(shop, attempt_id)


def test_a_forged_report_is_a_400_and_leaves_no_trace(shop):
    shop.world.arm("webhook", "forge")
    before = jobs()

    attempt_id = shop.start()
    shop.world.pay(attempt_id)
    answers = {row["answer"] for row in shop.delivered()}

    assert answers == {"400"}
    assert messages() == []
    assert jobs() == before
    assert paying.attempt(attempt_id).state is AttemptState.WAITING
    assert billing.document(shop.proforma).state is DocumentState.OPEN


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("wrong_amount", "amount"), ("wrong_currency", "currency"), ("wrong_account", "account")],
)
def test_a_report_of_something_else_is_parked_and_what_the_bank_says_later_counts(shop, fault, reason):
    shop.world.arm("webhook", fault)

    attempt_id = shop.pay()

    [parked] = paying.all_parked()
    assert parked.reason == reason
    assert paying.all_payments() == []
    assert {row["answer"] for row in shop.world.webhooks()} == {"204"}

    shop.world.send_webhooks(attempt_id)
    shop.delivered()
    shop.run_jobs()
    assert settled_once(shop, attempt_id)


def test_a_report_that_never_comes_is_made_up_for_by_asking(shop):
    shop.world.arm("webhook", "never")
    attempt_id = shop.pay()
    assert paying.all_payments() == []

    paying.ask(attempt_id)

    assert settled_once(shop, attempt_id)


def test_a_declined_payment_is_reported_and_leaves_the_proforma_open(shop):
    attempt_id = shop.start()
    shop.world.pay(attempt_id, "insufficient_funds")
    shop.delivered()
    shop.run_jobs()

    assert paying.attempt(attempt_id).state is AttemptState.DECLINED
    assert paying.attempt(attempt_id).reason == "Banca a refuzat plata: cardul nu are fonduri suficiente."
    assert billing.document(shop.proforma).state is DocumentState.OPEN


def test_a_payment_for_nobody_is_parked(shop):
    body = signed_body("evt_9", key="pat_nobody", amount=5_000)

    assert send(shop, body) == 204
    shop.run_jobs()

    [parked] = paying.all_parked()
    assert (parked.reason, parked.amount_minor, parked.external_id) == ("unknown_attempt", 5_000, "pay_9")


def test_a_signed_report_that_makes_no_sense_is_a_400(shop):
    half = {"id": "evt_1", "type": "payment.updated", "created_at": "2026-03-02T09:30:00+00:00"}
    senseless = [b"", b"{}", b"[]", b"\xff\xfe", json.dumps(half), json.dumps({**half, "payment": {"amount": "12"}})]

    assert {send(shop, body if isinstance(body, bytes) else body.encode()) for body in senseless} == {400}
    assert messages() == []


def test_what_concerns_no_payment_is_taken_and_forgotten(shop):
    assert send(shop, json.dumps({"id": "evt_1", "type": "payout.created"}).encode()) == 204
    assert messages() == []


def test_a_handling_that_failed_is_done_again_when_the_bank_repeats_itself(shop):
    attempt_id = shop.start()
    body = signed_body("evt_7", key=attempt_id)
    assert send(shop, body) == 204
    name_plugin("gone")
    shop.run_jobs()
    [message] = messages()
    assert message.state is InboxState.FAILED
    assert "'gone' is not installed" in message.error
    assert paying.all_payments() == []

    name_plugin("sandbox")
    assert send(shop, body) == 204
    shop.run_jobs()

    assert settled_once(shop, attempt_id)
    assert [(message.state, message.error) for message in messages()] == [(InboxState.HANDLED, None)]


def test_a_handling_that_failed_is_done_again_when_staff_wish_it(shop):
    attempt_id = shop.start()
    send(shop, signed_body("evt_7", key=attempt_id))
    name_plugin("gone")
    shop.run_jobs()
    name_plugin("sandbox")

    with entered(SystemScope("test")):
        inbox.reprocess(messages()[0].public_id)
    shop.run_jobs()

    assert settled_once(shop, attempt_id)


def test_a_job_that_was_lost_is_made_anew(shop):
    attempt_id = shop.start()
    send(shop, signed_body("evt_7", key=attempt_id))
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(delete(Job).where(Job.kind == "integrations.inbox"))
        session.execute(update(InboxMessage).values(received_at=clock.now().replace(year=clock.now().year - 1)))

    with entered(SystemScope("test")):
        assert inbox.sweep("later") == 1
    shop.run_jobs()

    assert settled_once(shop, attempt_id)


def signed_body(event_id: str, **payment: Any) -> bytes:
    told = {
        "id": "pay_9", "merchant": "praho-demo", "amount": 12_100, "currency": "RON", "state": "succeeded",
        "failure": None, "changed_at": "2026-03-02T09:30:00+00:00",
    }  # fmt: skip
    event = {"id": event_id, "type": "payment.updated", "created_at": "2026-03-02T09:30:00+00:00"}
    return json.dumps({**event, "payment": {**told, **payment}}).encode()


def send(shop: Shop, body: bytes) -> int:
    headers = signing.signed_headers(shop.world.webhook_secret, body, clock.machine_now())
    url = f"{shop.address}/webhooks/payments/{shop.account.public_id}"
    return shop.world.client.post(url, content=body, headers=headers).status_code


def name_plugin(name: str) -> None:
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(ProviderAccount).values(plugin=name))


def jobs() -> int:
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.count()).select_from(Job).where(Job.kind == "integrations.inbox"))
