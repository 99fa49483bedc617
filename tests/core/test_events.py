"""Events: told inside the publisher's transaction, to those who subscribed, in their order."""

from dataclasses import dataclass

import pytest

from praho.core import events
from praho.core.db.scope import StrayChange, SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.events import Subscriber
from praho.models.users import User
from tests.factories import users


@dataclass(frozen=True, slots=True)
class Happened:
    what: str


@dataclass(frozen=True, slots=True)
class Unheard:
    what: str


@pytest.fixture
def heard():
    """What two subscribers were told; the application's own are put back afterwards."""
    before = dict(events._subscribers)
    told: list[str] = []
    events.install(
        (
            Subscriber(Happened, lambda event: told.append(f"first {event.what}")),
            Subscriber(Happened, lambda event: told.append(f"second {event.what}")),
        )
    )
    yield told
    events._subscribers.clear()
    events._subscribers.update(before)


def test_subscribers_hear_at_once_in_registration_order(db, heard):
    with entered(SystemScope("test")), unit_of_work():
        events.publish(Happened("a"))
        assert heard == ["first a", "second a"]
        events.publish(Unheard("b"))
    assert heard == ["first a", "second a"]


def test_it_belongs_inside_a_unit_of_work(db, heard):
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        events.publish(Happened("a"))
    assert heard == []


def test_a_subscriber_that_fails_undoes_the_publisher(live_db, heard):
    def refuse(event: Happened) -> None:
        raise LookupError(event.what)

    events.install((Subscriber(Happened, refuse),))
    with entered(SystemScope("test")), pytest.raises(LookupError), unit_of_work():
        session().add(User(email="a@client.example", full_name="A", created_at=users.clock.now()))
        events.publish(Happened("a"))
    with entered(SystemScope("test")) as looking:
        assert looking.query(User).count() == 0


def test_the_listing_says_who_hears_what(heard):
    events.install((Subscriber(Happened, print),))
    assert events.listing() == [("Happened", "builtins.print")]
