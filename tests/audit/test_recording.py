"""An event is written with its command, says who did what, and shows when somebody changed it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from praho.audit.services import recording, sealing
from praho.core import masking
from praho.core.db.scope import CustomerScope, SystemScope, entered, session
from praho.core.db.uow import StrayChange, unit_of_work
from praho.core.principal import ActorKind, Principal, acting_as
from praho.core.request_id import request_context
from praho.models.audit import AuditEvent
from praho.models.customers import CustomerKind
from tests.factories import customers

ANA = Principal(ActorKind.STAFF, "Ana Pop", user_id=7, ip="192.0.2.7")


def events() -> list[AuditEvent]:
    with entered(SystemScope("test")):
        return list(session().scalars(select(AuditEvent).order_by(AuditEvent.id)))


def test_an_event_says_who_what_whose_and_which_request(db):
    with acting_as(ANA), request_context("request-1"), entered(SystemScope("test")), unit_of_work():
        recording.record(
            "customers.rename", subject=("customer", "cus_1"), customer_id=3, changes={"name": ["Vechi", "Nou"]}
        )
    (event,) = events()
    assert (event.actor_kind, event.actor_id, event.actor_name, event.ip) == ("staff", 7, "Ana Pop", "192.0.2.7")
    assert (event.action, event.subject_kind, event.subject_id) == ("customers.rename", "customer", "cus_1")
    assert (event.customer_id, event.request_id) == (3, "request-1")
    assert event.changes == {"name": ["Vechi", "Nou"]}
    assert sealing.is_intact(event)


def test_the_customer_at_hand_is_whose_data_it_was(db):
    customer = customers.make_customer()
    member = Principal(ActorKind.USER, "Ion", user_id=9, customer_id=customer.id)
    with acting_as(member), entered(CustomerScope(customer.id)), unit_of_work():
        recording.record("customers.contact.add", subject=("contact", "con_1"))
    assert events()[-1].customer_id == customer.id


def test_an_event_needs_its_command(db):
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        recording.record("x.y", subject=("x", "1"))


def test_an_event_goes_with_its_command(db):
    with entered(SystemScope("test")), pytest.raises(RuntimeError), unit_of_work():
        recording.record("x.y", subject=("x", "1"))
        raise RuntimeError("the command failed")
    assert events() == []


def test_secrets_and_personal_codes_are_not_told(db):
    with entered(SystemScope("test")), unit_of_work():
        recording.record(
            "x.y",
            subject=("x", "1"),
            changes={
                "api_key": ["old-key", "new-key"],
                "password": [None, "Parola mea"],
                "cnp": ["1630615123457", None],
                "note": ["", "CNP 1630615123457"],
                "kind": [None, CustomerKind.COMPANY],
            },
        )
    changes = events()[0].changes
    assert changes["api_key"] == [masking.HIDDEN, masking.HIDDEN]
    assert changes["password"] == [None, masking.HIDDEN]
    assert changes["cnp"] == [masking.HIDDEN, None]
    assert changes["kind"] == [None, "company"]
    assert "1630615123457" not in str(changes)


def test_only_what_differs_is_a_change():
    before, after = {"name": "A", "phone": None, "city": "Cluj"}, {"name": "A", "phone": "+40721234567"}
    assert recording.changed(before, after) == {"phone": [None, "+40721234567"]}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_event SET actor_name = 'Somebody else'",
        "UPDATE audit_event SET changes = '{}'",
        "UPDATE audit_event SET at = at + interval '1 second'",
        "UPDATE audit_event SET mac = ''",
        "UPDATE audit_event SET customer_id = NULL",
    ],
)
def test_a_changed_row_gives_itself_away(db, tampering):
    with entered(SystemScope("test")), unit_of_work():
        recording.record("x.y", subject=("x", "1"), customer_id=3, changes={"name": ["ș", 1]})
    assert sealing.is_intact(events()[0])
    db.execute(text(tampering))
    assert not sealing.is_intact(events()[0])


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET ip = NULL", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_staff_can_neither_change_nor_remove_events(live_db, statement):
    with live_db.as_staff() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text(statement))


def test_the_portal_writes_events_and_reads_none(live_db):
    customer = customers.make_customer()
    with entered(CustomerScope(customer.id)), unit_of_work():
        recording.record("x.y", subject=("x", "1"))
    with live_db.as_portal(customer.id) as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("SELECT * FROM audit_event"))
