"""The webhook inbox: verified first, kept once, acted upon by a job, and never lost."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.jobs.table import Job, JobState
from praho.integrations.errors import BadWebhook, UnknownAccount
from praho.integrations.events import INBOX
from praho.integrations.services import inbox
from praho.models.audit import AuditEvent
from praho.models.integrations import InboxMessage, InboxState, ProviderAccount
from praho.sdk.dto import PaymentState
from praho_sandbox.testing import SandboxWorld
from praho_sandbox.world import signing
from tests.factories import providers


def body(event_id: str = "evt_1", **payment: object) -> bytes:
    told = {
        "id": "pay_1", "key": "pat_1", "merchant": "praho-demo", "amount": 19999, "currency": "RON",
        "state": "succeeded", "failure": None, "changed_at": "2026-03-02T09:30:00+00:00",
    }  # fmt: skip
    return json.dumps(
        {
            "id": event_id,
            "type": "payment.updated",
            "created_at": "2026-03-02T09:30:00+00:00",
            "payment": told | payment,
        }
    ).encode()


def send(account: ProviderAccount, raw: bytes, secret: str = "sandbox-webhook-secret") -> int:
    return inbox.receive(account.public_id, signing.signed_headers(secret, raw, clock.machine_now()), raw)


def messages() -> list[InboxMessage]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(InboxMessage).order_by(InboxMessage.id)))


def jobs() -> list[Job]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job).where(Job.kind == INBOX.name).order_by(Job.id)))


def end_jobs(state: JobState) -> None:
    with entered(SystemScope("test")), unit_of_work() as session:
        for job in session.scalars(select(Job)):
            job.state = state


@pytest.fixture
def account(db, sandbox: SandboxWorld) -> ProviderAccount:
    return providers.make_payment_account(sandbox)


def test_a_report_that_comes_five_times_is_kept_once(account: ProviderAccount):
    assert [send(account, body()) for _ in range(5)] == [1, 0, 0, 0, 0]
    [message] = messages()
    assert (message.external_id, message.body, message.state) == ("evt_1", body(), InboxState.RECEIVED)
    assert [job.payload for job in jobs()] == [{"inbox_id": message.id}]


def test_what_a_job_reads_is_what_the_provider_said(account: ProviderAccount):
    send(account, body())
    report = inbox.payment_report(messages()[0].id)
    assert report is not None
    assert (report.account_id, report.payment.key) == (account.id, "pat_1")
    assert report.payment.state is PaymentState.SUCCEEDED
    assert (report.payment.amount.minor, report.payment.amount.currency) == (19999, "RON")


@pytest.mark.parametrize("raw", [body(), b"", b"not json", b'{"id": "evt_1"}'])
def test_a_forged_report_leaves_no_trace(account: ProviderAccount, raw: bytes):
    with pytest.raises(BadWebhook):
        send(account, raw, secret="a guess")
    assert messages() == []
    assert jobs() == []


def test_a_known_report_with_a_forged_signature_is_refused_like_any_other(account: ProviderAccount):
    send(account, body())
    with pytest.raises(BadWebhook):
        send(account, body(), secret="a guess")
    assert len(jobs()) == 1


def test_a_signed_report_that_makes_no_sense_is_refused(account: ProviderAccount):
    with pytest.raises(BadWebhook):
        send(account, b'{"id": "evt_1"}')
    assert messages() == []


def test_a_report_about_something_else_is_taken_and_not_kept(account: ProviderAccount):
    assert send(account, json.dumps({"id": "evt_9", "type": "payout.sent"}).encode()) == 0
    assert messages() == []


def test_an_old_recording_is_refused(account: ProviderAccount):
    headers = signing.signed_headers("sandbox-webhook-secret", body(), clock.machine_now() - timedelta(hours=1))
    with pytest.raises(BadWebhook):
        inbox.receive(account.public_id, headers, body())


def test_an_account_that_is_switched_off_still_takes_reports(db, sandbox: SandboxWorld):
    assert send(providers.make_payment_account(sandbox, active=False), body()) == 1


def test_only_payment_accounts_take_reports(db, sandbox: SandboxWorld):
    with pytest.raises(UnknownAccount):
        send(providers.make_registrar(sandbox), body())
    with pytest.raises(UnknownAccount):
        inbox.receive("acc_nobody", {}, body())


def test_one_event_of_two_accounts_is_two_reports(account: ProviderAccount, sandbox: SandboxWorld):
    other = providers.make_payment_account(sandbox)
    assert [send(account, body()), send(other, body())] == [1, 1]


def test_what_was_acted_upon_is_not_acted_upon_again(account: ProviderAccount):
    send(account, body())
    inbox_id = messages()[0].id
    with entered(SystemScope("job")):
        inbox.mark_handled(inbox_id)
        inbox.mark_failed(inbox_id, "too late")
    assert inbox.payment_report(inbox_id) is None
    assert (messages()[0].state, messages()[0].error) == (InboxState.HANDLED, None)
    send(account, body())
    assert len(jobs()) == 1
    with entered(SystemScope("staff")), pytest.raises(Conflict):
        inbox.reprocess(messages()[0].public_id)


def test_a_repeat_of_what_could_not_be_acted_upon_is_acted_upon(account: ProviderAccount):
    send(account, body())
    with entered(SystemScope("job")):
        inbox.mark_failed(messages()[0].id, "No such attempt.")
    assert send(account, body()) == 0
    assert (messages()[0].state, messages()[0].error) == (InboxState.RECEIVED, None)
    assert len(jobs()) == 2


def test_staff_hand_a_report_over_again(account: ProviderAccount):
    send(account, body())
    with entered(SystemScope("job")):
        inbox.mark_failed(messages()[0].id, "No such attempt.")
    with entered(SystemScope("staff")):
        inbox.reprocess(messages()[0].public_id)
        with pytest.raises(NotFound):
            inbox.reprocess("wh_nothing")
    assert messages()[0].state is InboxState.RECEIVED
    assert len(jobs()) == 2
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(AuditEvent.action)).all() == ["integrations.inbox.reprocess"]


def let_minutes_pass() -> None:
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(InboxMessage, messages()[0].id).received_at -= timedelta(minutes=2)


def test_a_report_whose_job_is_lost_gets_a_new_one(account: ProviderAccount):
    send(account, body())
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(delete(Job))
    with entered(SystemScope("sweep")):
        assert inbox.sweep("t1") == 0
        let_minutes_pass()
        assert inbox.sweep("t2") == 1
        assert inbox.sweep("t3") == 0


def test_a_report_whose_job_gave_up_waits_for_staff(account: ProviderAccount):
    send(account, body())
    end_jobs(JobState.DEAD)
    let_minutes_pass()
    with entered(SystemScope("sweep")):
        assert [inbox.sweep("t1"), inbox.sweep("t2")] == [0, 0]
    [failed] = messages()
    assert (failed.state, failed.error is None) == (InboxState.FAILED, False)
    assert len(jobs()) == 1
    with entered(SystemScope("staff")):
        inbox.reprocess(failed.public_id)
        assert inbox.payment_report(failed.id) is not None
    assert [job.state for job in jobs()] == [JobState.DEAD, JobState.READY]
    with entered(SystemScope("sweep")):
        assert inbox.sweep("t3") == 0
