"""Queueing a mail: a row and a job, once for each occasion, in the transaction of what it tells about."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, text

from praho import config
from praho.core.db.scope import AnonymousScope, CustomerScope, StaffScope, StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.table import Job, Queue
from praho.models.notifications import MessageState
from praho.notifications.services import sending
from tests.factories import customers
from tests.notifications.conftest import ANA, messages

pytestmark = pytest.mark.usefixtures("domains")

TEMPLATE = "users/password_changed"


def send(occasion="o1", **values):
    return sending.send(TEMPLATE, occasion, ANA, values.pop("facts", {}), **values)


def jobs():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def test_one_mail_for_each_occasion(db):
    with entered(SystemScope("test")), unit_of_work():
        assert [send(), send(), send("o2")] == [True, False, True]
    with entered(SystemScope("test")), unit_of_work():
        assert send() is False

    assert [message.occasion for message in messages()] == ["o1", "o2"]
    assert [job.payload for job in jobs()] == [{"message_id": message.public_id} for message in messages()]
    assert {job.queue for job in jobs()} == {Queue.EMAIL}


def test_a_queued_mail_is_complete(db):
    customer = customers.make_customer()
    with entered(SystemScope("test")), unit_of_work():
        send(facts={"number": "PRO-1"}, customer_id=customer.id, attachments=[("document_pdf", "pro_1")])

    [message] = messages()
    assert message.state is MessageState.QUEUED
    assert (message.recipient, message.recipient_name, message.locale) == (ANA.email, ANA.name, "ro")
    assert message.facts == {"number": "PRO-1"}
    assert message.attachments == [{"kind": "document_pdf", "id": "pro_1"}]
    assert message.customer_id == customer.id
    assert message.message_id.startswith("<")
    assert message.public_id in message.message_id


@pytest.mark.parametrize(
    ("sender", "domain"),
    [("Hostul <facturi@hostcarpati.example>", "hostcarpati.example"), ("nobody", "localhost")],
)
def test_a_message_id_belongs_to_the_senders_domain(db, sender, domain):
    application = Flask(__name__)
    application.config["PRAHO"] = config.Config(_env_file=None, mail_from=sender)
    with application.app_context(), entered(SystemScope("test")), unit_of_work():
        send()
    [message] = messages()
    assert message.message_id == f"<{message.public_id}@{domain}>"


def test_what_is_rolled_back_is_not_mailed(db):
    class Broken(Exception):
        pass

    with entered(SystemScope("test")), pytest.raises(Broken), unit_of_work():
        send()
        raise Broken

    assert (messages(), jobs()) == ([], [])


def test_a_mail_needs_a_unit_of_work(db):
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        send()


def test_every_scope_may_send(live_db):
    customer = customers.make_customer()
    scopes = (AnonymousScope(), CustomerScope(customer.id), StaffScope(1), SystemScope("test"))
    for number, scope in enumerate(scopes):
        with entered(scope), unit_of_work():
            assert send(f"scope {number}")
        with entered(scope), unit_of_work():
            assert not send(f"scope {number}")
    assert len(messages()) == 4


def test_the_portal_reads_no_mail(live_db):
    customer = customers.make_customer()
    with entered(SystemScope("test")), unit_of_work():
        send(customer_id=customer.id)
    with live_db.as_portal(customer.id) as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute(text("SELECT facts FROM notifications_message"))


def test_a_secret_stands_nowhere_in_clear(db):
    with entered(SystemScope("test")), unit_of_work():
        send(facts={"name": "Ana"}, secrets={"token": "tok-very-secret"})

    whole = db.execute(text("SELECT row_to_json(m)::text FROM notifications_message m")).scalar_one()
    assert "tok-very-secret" not in whole
    assert "tok-very-secret" not in json.dumps([job.payload for job in jobs()])
    [message] = messages()
    assert json.loads(message.secrets) == {"token": "tok-very-secret"}
