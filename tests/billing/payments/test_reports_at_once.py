"""Reports in the same moment, and a process that dies between acting on one and noting it."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from praho.billing.events import ProformaPaid
from praho.billing.payments import jobs
from praho.billing.payments.services import reporting
from praho.core import clock, events
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.integrations.events import InboxDue
from praho.integrations.services import inbox
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import AttemptState
from praho.models.integrations import InboxMessage, InboxState
from praho.sdk.dto import PaymentState, PaymentStatus
from praho_sandbox.world import signing
from tests.billing.payments import paying
from tests.factories import billing, customers
from tests.threads import all_at_once, other_threads

pytestmark = pytest.mark.usefixtures("domains", "live_db")


def paid(attempt_id, external_id="ext_1", **changes):
    values = {"state": PaymentState.SUCCEEDED, "amount": Money(12_100, "RON"), "account_reference": "praho-demo"}
    return PaymentStatus(key=attempt_id, external_id=external_id, changed_at=clock.now(), **{**values, **changes})


def report(account, status):
    with entered(SystemScope("test")):
        return reporting.apply(account.id, "praho-demo", status)


def test_one_payment_that_is_reported_many_times_at_once_is_settled_once(buyer, proforma, account):
    started = paying.start(buyer, proforma, account)

    became = all_at_once([lambda: report(account, paid(started.public_id)) for _ in range(8)])

    assert sorted(became) == [*["repeated"] * 7, "settled"]
    assert len(paying.all_payments()) == 1
    assert len(billing.documents(DocumentKind.INVOICE)) == 1
    assert paying.all_parked() == []


def test_unknown_money_that_is_reported_many_times_at_once_is_parked_once(account, buyer):
    became = all_at_once([lambda: report(account, paid("pat_unknown")) for _ in range(8)])

    assert set(became) == {"parked"}
    assert len(paying.all_parked()) == 1


def test_one_charge_that_is_reported_for_two_tries_at_once_is_one_payment(buyer, account):
    other = customers.make_customer()
    tries = [paying.start(who, billing.make_proforma(who), account).public_id for who in (buyer, other)]

    def hand_over(attempt_id):
        try:
            return report(account, paid(attempt_id, external_id="ext_shared"))
        except IntegrityError:
            return "to be repeated"

    became = all_at_once([lambda one=one: hand_over(one) for one in tries])

    assert became.count("settled") == 1
    assert [report(account, paid(one, external_id="ext_shared")) for one in tries] == ["repeated", "repeated"]
    assert len(paying.all_payments()) == 1


def test_a_success_and_a_failure_at_once_end_in_the_success(buyer, account):
    for _ in range(5):
        proforma = billing.make_proforma(buyer)
        started = paying.start(buyer, proforma, account)
        success = paid(started.public_id, external_id=started.public_id)
        failure = paid(started.public_id, external_id=started.public_id, state=PaymentState.FAILED, failure="no")

        all_at_once([lambda: report(account, success), lambda: report(account, failure)])  # noqa: B023

        assert paying.attempt(started.public_id).state is AttemptState.SUCCEEDED
        assert billing.document(proforma).state is DocumentState.PAID


def test_the_money_is_there_before_the_call_that_began_the_payment_returns(buyer, proforma, account, bank):
    slow = bank.arm("payments.start", "slow", delay=1.0)
    with other_threads() as start:
        calling = start(lambda: paying.start(buyer, proforma, account))
        assert bank.fired(slow)
        [payment] = bank.payments()
        bank.pay(payment["key"])
        paying.ask(payment["key"])
        assert paying.attempt(payment["key"]).state is AttemptState.SUCCEEDED

        returned = calling.result(20)

    assert returned.state is AttemptState.SUCCEEDED
    assert len(paying.all_payments()) == 1


class TestTheInbox:
    @pytest.fixture
    def received(self, buyer, proforma, account, bank):
        """A webhook about a paid attempt, kept and not yet acted upon."""
        started = paying.start(buyer, proforma, account)
        bank.pay(started.public_id)
        [payment] = bank.payments()
        told = {name: payment[name] for name in ("id", "key", "merchant", "amount", "currency", "state", "failure")}
        event = {"id": "evt_1", "type": "payment.updated", "created_at": payment["changed_at"]}
        body = json.dumps({**event, "payment": {**told, "changed_at": payment["changed_at"]}}).encode()
        inbox.receive(account.public_id, signing.signed_headers(bank.webhook_secret, body, clock.machine_now()), body)
        return self.message().id

    def message(self):
        with entered(SystemScope("test")) as session:
            return session.scalars(select(InboxMessage)).one()

    def act(self, inbox_id):
        with entered(SystemScope("test")):
            jobs.act_on_webhook(InboxDue(inbox_id))

    def test_acting_and_noting_it_are_one(self, received):
        class Broken(Exception):
            pass

        def break_down(_event):
            raise Broken

        events.install((events.Subscriber(ProformaPaid, break_down),))
        with pytest.raises(Broken):
            self.act(received)
        assert self.message().state is InboxState.RECEIVED
        assert paying.all_payments() == []

        events.install(())
        self.act(received)
        self.act(received)

        assert self.message().state is InboxState.HANDLED
        assert len(paying.all_payments()) == 1

    def test_two_workers_with_one_webhook_settle_once(self, received):
        all_at_once([lambda: self.act(received) for _ in range(4)])

        assert self.message().state is InboxState.HANDLED
        assert len(paying.all_payments()) == 1
        assert len(billing.documents(DocumentKind.INVOICE)) == 1
