"""Handing mails over: to a maildir or a server, at least once, under one Message-ID."""

import mailbox
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select

from praho.core.contributions import Recipient
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Conflict, NotFound
from praho.core.jobs.table import Job, JobState
from praho.models.notifications import MessageState
from praho.notifications.events import DELIVER
from praho.notifications.services import delivering, rendering
from tests.notifications.conftest import let_retries_be_due, message, messages


@pytest.fixture
def maildir(tmp_path):
    def read():
        parser = BytesParser(policy=policy.default)
        box = mailbox.Maildir(tmp_path / "mail", create=False) if (tmp_path / "mail").exists() else []
        return [parser.parsebytes(mail.as_bytes()) for mail in box]

    return read


def job_states():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job.state).where(Job.kind == DELIVER.name).order_by(Job.id)))


def test_without_a_server_mails_lie_in_the_maildir(app, queue, run_jobs, maildir):
    public_id = queue()
    run_jobs()

    [mail] = maildir()
    sent = message(public_id)
    assert sent.state is MessageState.SENT
    assert sent.sent_at is not None
    assert mail["Subject"] == sent.subject
    assert mail["Message-ID"] == sent.message_id
    assert mail["To"].addresses[0].addr_spec == "ana@client.example"
    assert mail["To"].addresses[0].display_name == "Ana Știrbei"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "ro"
    assert {part.get_content_type() for part in mail.walk() if not part.is_multipart()} == {"text/plain", "text/html"}


def test_a_mail_is_handed_over_once(app, queue, run_jobs, mail_server):
    public_id = queue()
    run_jobs()
    with app.app_context(), entered(SystemScope("test")):
        delivering.deliver(public_id)
        delivering.deliver("msg_nothing")

    assert mail_server.recipients == ["ana@client.example"]
    assert job_states() == [JobState.DONE]


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "MAIL"])
def test_not_now_is_tried_again_under_the_same_message_id(app, queue, run_jobs, mail_server, stage):
    mail_server.answers = [{stage: "451 4.7.1 greylisted, try later"}]
    public_id = queue()

    run_jobs()
    waiting = message(public_id)
    assert waiting.state is MessageState.QUEUED
    assert "greylisted" in waiting.error
    assert job_states() == [JobState.RETRY]
    let_retries_be_due()
    run_jobs()

    sent = message(public_id)
    assert (sent.state, sent.error) == (MessageState.SENT, None)
    assert {mail["Message-ID"] for mail in mail_server.taken} == {sent.message_id}


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_never_is_the_end_until_staff_wish_otherwise(app, queue, run_jobs, mail_server, stage):
    mail_server.answers = [{stage: "550 5.1.1 no such user"}]
    public_id = queue()
    run_jobs()

    refused = message(public_id)
    assert refused.state is MessageState.FAILED
    assert "no such user" in refused.error
    assert job_states() == [JobState.DONE]

    mail_server.taken.clear()
    with entered(SystemScope("test")):
        delivering.resend(public_id)
    run_jobs()

    assert message(public_id).state is MessageState.SENT
    assert [mail["Message-ID"] for mail in mail_server.taken] == [refused.message_id]


def test_a_sender_that_the_server_does_not_like_is_our_own_affair(app, queue, run_jobs, mail_server):
    mail_server.answers = [{"MAIL": "553 5.7.1 sender not allowed"}]
    public_id = queue()
    run_jobs()

    assert message(public_id).state is MessageState.QUEUED
    assert job_states() == [JobState.RETRY]


def test_a_server_that_is_down_for_long_loses_nothing(app, queue, run_jobs, mail_server):
    mail_server.stop()
    wanted = {queue(recipient=Recipient(f"client{number}@x.example", "Client", "ro")) for number in range(5)}
    for _ in range(12):
        run_jobs()
        let_retries_be_due()
    assert {message.state for message in messages()} == {MessageState.QUEUED}
    assert mail_server.taken == []

    mail_server.start()
    run_jobs()

    assert {sent.public_id for sent in messages() if sent.state is MessageState.SENT} == wanted
    assert len(mail_server.taken) == 5
    assert len({mail["Message-ID"] for mail in mail_server.taken}) == 5
    assert sorted(mail_server.recipients) == [f"client{number}@x.example" for number in range(5)]


def test_a_mail_whose_receipt_was_denied_comes_twice_and_is_one(app, queue, run_jobs, mail_server):
    mail_server.answers = [{"DATA": "421 4.3.2 shutting down"}]
    queue()
    run_jobs()
    let_retries_be_due()
    run_jobs()

    assert len(mail_server.taken) == 2
    assert len({mail["Message-ID"] for mail in mail_server.taken}) == 1


def test_a_secret_link_is_in_the_mail_and_nowhere_after_it(app, queue, run_jobs, mail_server):
    public_id = queue("users/reset_password", secrets={"token": "tok-very-secret"})
    run_jobs()

    assert "tok-very-secret" in mail_server.taken[0].get_body(("plain",)).get_content()
    assert "tok-very-secret" in mail_server.taken[0].get_body(("html",)).get_content()
    assert rendering.secrets_of(message(public_id)) == {"token": "•••"}


def test_a_refused_mail_keeps_its_link_for_the_next_try(app, queue, run_jobs, mail_server):
    mail_server.answers = [{"RCPT": "550 no"}]
    public_id = queue("users/reset_password", secrets={"token": "tok-very-secret"})
    run_jobs()
    with entered(SystemScope("test")):
        delivering.resend(public_id)
    run_jobs()

    assert "tok-very-secret" in mail_server.taken[0].get_body(("plain",)).get_content()


def test_a_name_cannot_add_headers(app, queue, run_jobs, mail_server):
    queue(recipient=Recipient("ana@client.example", "Ana\r\nBcc: all@x.example", "ro"))
    run_jobs()

    [mail] = mail_server.taken
    assert mail["Bcc"] is None
    assert mail_server.recipients == ["ana@client.example"]


def test_only_a_failed_message_can_be_sent_again(app, queue, run_jobs):
    public_id = queue()
    with entered(SystemScope("test")):
        with pytest.raises(Conflict):
            delivering.resend(public_id)
        with pytest.raises(NotFound):
            delivering.resend("msg_nothing")
