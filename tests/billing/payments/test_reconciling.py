"""Open attempts of which nobody heard: asked about, ever more rarely, and given up in the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from praho.billing.events import ASK_PROVIDER
from praho.billing.payments.services import parking, reconciling, starting
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.jobs.kinds import Again
from praho.core.jobs.table import Job
from praho.models.billing.documents import DocumentState
from praho.models.billing.payments import AttemptState
from praho.models.integrations import ProviderAccount
from tests.billing.payments import paying
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


@pytest.fixture
def started(buyer, proforma, account):
    return paying.start(buyer, proforma, account).public_id


def questions():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job).where(Job.kind == ASK_PROVIDER.name).order_by(Job.id)))


def test_a_fresh_attempt_is_left_alone(started):
    assert paying.sweep() == 0
    assert questions() == []


def test_an_attempt_is_asked_about_after_a_minute_and_once(started):
    paying.make_older(started, timedelta(minutes=1))

    assert (paying.sweep(), paying.sweep()) == (1, 1)
    assert [job.payload["attempt_id"] for job in questions()] == [started]
    paying.ask(started)
    assert paying.sweep() == 0


def test_a_payment_whose_report_was_lost_is_settled(started, bank, proforma):
    bank.pay(started)

    paying.ask(started)

    assert billing.document(proforma).state is DocumentState.PAID
    assert len(paying.all_payments()) == 1
    paying.ask(started)
    assert len(bank.requests()) == 2


def test_the_older_an_attempt_the_longer_the_pause_to_the_next_question(started):
    pauses = []
    for _ in range(4):
        paying.make_older(started, timedelta(hours=5))
        paying.ask(started)
        row = paying.attempt(started)
        pauses.append((row.ask_at - row.created_at) / timedelta(hours=5))
    assert pauses == pytest.approx([1.1, 2.2, 3.2, 4.2], abs=0.01)


def test_a_page_on_which_nobody_pays_is_given_up_after_two_days(buyer, account, started, proforma, bank):
    paying.make_older(started, timedelta(days=2, minutes=-1))
    paying.ask(started)
    assert paying.attempt(started).state is AttemptState.WAITING
    paying.make_older(started, timedelta(minutes=2))
    paying.ask(started)

    assert paying.attempt(started).state is AttemptState.ABANDONED
    assert paying.start(buyer, proforma, account).public_id != started


def test_money_after_that_is_settled(started, bank, proforma):
    paying.make_older(started, timedelta(days=3))
    paying.ask(started)
    assert paying.attempt(started).state is AttemptState.ABANDONED
    bank.pay(started)

    from praho.billing.payments.services import reporting
    from praho.integrations.services import calling

    with entered(SystemScope("test")):
        account_id = paying.attempt(started).account_id
        status = calling.ask(account_id, "lookup", lambda provider: provider.lookup(started))
        reporting.apply(account_id, "praho-demo", status)

    assert billing.document(proforma).state is DocumentState.PAID
    assert paying.attempt(started).state is AttemptState.SUCCEEDED


def test_an_attempt_whose_money_is_parked_is_not_given_up_before_staff_decide(started, bank, account):
    with entered(SystemScope("test")), unit_of_work():
        parked = parking.park(parking.Facts(parking.Reason.AMOUNT, account.id, "ext_1", attempt_id=started))
    paying.make_older(started, timedelta(days=9))

    paying.ask(started)
    assert paying.attempt(started).state is AttemptState.WAITING
    with entered(SystemScope("test")):
        parking.resolve(parked, "am returnat banii")
    paying.ask(started)

    assert paying.attempt(started).state is AttemptState.ABANDONED


@pytest.mark.parametrize("fault", ["before_apply", "error_500", "malformed", "nonsense", "refuse"])
def test_a_provider_that_cannot_be_asked_is_asked_again_and_nothing_is_decided(started, bank, fault):
    bank.arm("payments.lookup", fault)
    paying.make_older(started, timedelta(days=3))

    assert paying.ask(started) is None

    row = paying.attempt(started)
    assert row.state is AttemptState.WAITING
    assert timedelta(minutes=59) < row.ask_at - clock.machine_now() <= timedelta(hours=1)


def test_while_somebody_may_wait_the_provider_is_asked_again_soon(started, bank):
    bank.arm("payments.lookup", "before_apply")
    again = paying.ask(started)

    assert isinstance(again, Again)
    assert 2 <= again.seconds < 10
    assert paying.attempt(started).state is AttemptState.WAITING
    assert paying.ask(started) is None


def test_an_account_whose_plugin_is_gone_keeps_its_attempts(started, account):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(ProviderAccount).where(ProviderAccount.id == account.id).values(plugin="gone"))

    paying.make_older(started, timedelta(days=3))
    paying.ask(started)

    assert paying.attempt(started).state is AttemptState.WAITING
    assert paying.sweep() == 0


def test_an_account_that_was_switched_off_is_asked_all_the_same(started, account, bank, proforma):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(ProviderAccount).where(ProviderAccount.id == account.id).values(active=False))
    bank.pay(started)

    paying.ask(started)

    assert billing.document(proforma).state is DocumentState.PAID


def test_a_browser_that_comes_back_has_the_provider_asked_soon(buyer, started):
    with entered(CustomerScope(buyer.id)):
        starting.ask_now(started)
        starting.ask_now(started)

    assert [job.payload["attempt_id"] for job in questions()] == [started]


def test_a_stranger_cannot_have_somebody_elses_payment_asked_about(started):
    with entered(CustomerScope(customers.make_customer().id)), pytest.raises(NotFound):
        starting.ask_now(started)
    assert questions() == []


def test_a_decided_attempt_is_not_asked_about(buyer, started, bank):
    bank.pay(started)
    paying.ask(started)
    asked = len(bank.requests())

    with entered(CustomerScope(buyer.id)):
        starting.ask_now(started)
    paying.make_older(started, timedelta(hours=1))

    assert paying.sweep() == 0
    paying.ask(started)
    assert questions() == []
    assert len(bank.requests()) == asked


def test_many_open_attempts_are_asked_about_the_longest_due_first(buyer, account, bank):
    attempts = [paying.start(buyer, billing.make_proforma(buyer), account).public_id for _ in range(3)]
    for hours, attempt_id in enumerate(attempts, start=1):
        paying.make_older(attempt_id, timedelta(hours=hours))

    assert paying.sweep() == 3
    assert [job.payload["attempt_id"] for job in questions()] == attempts[::-1]


def test_attempts_at_a_provider_that_is_away_do_not_stand_in_the_way_of_others(
    buyer, account, bank, monkeypatch, proforma
):
    monkeypatch.setattr(reconciling, "_BATCH", 2)
    others = [paying.start(buyer, billing.make_proforma(buyer), account).public_id for _ in range(3)]
    bank.arm("payments.lookup", "before_apply", times=3)
    for attempt_id in others:
        paying.make_older(attempt_id, timedelta(hours=9))
    late = paying.start(buyer, proforma, account).public_id
    paying.make_older(late, timedelta(hours=1))

    asked = set()
    for _ in range(3):
        paying.sweep()
        for job in questions():
            if job.payload["attempt_id"] not in asked:
                asked.add(job.payload["attempt_id"])
                paying.ask(job.payload["attempt_id"])

    assert late in asked
