"""Events: facts in the past tense, told upwards in the transaction that made them true.

A subscriber of a money event only inserts a job: nothing downstream may undo a payment. No network here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from praho.core.db.uow import require_unit_of_work


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Binds an event's class to a function that runs in the publisher's transaction."""

    event: type[Any]
    run: Callable[[Any], None]


_subscribers: dict[type[Any], list[Subscriber]] = {}


def install(subscribers: tuple[Subscriber, ...]) -> None:
    """Replace all subscriptions; the order given is the order of the calls."""
    _subscribers.clear()
    for subscriber in subscribers:
        _subscribers.setdefault(subscriber.event, []).append(subscriber)


def publish(event: object) -> None:
    """Run the event's subscribers in registration order, inside the current unit of work."""
    require_unit_of_work()
    for subscriber in _subscribers.get(type(event), ()):
        subscriber.run(event)


def listing() -> list[tuple[str, str]]:
    """Return (event, subscriber) names, as `praho events` prints them."""
    return [
        (event.__qualname__, f"{subscriber.run.__module__}.{subscriber.run.__qualname__}")
        for event, subscribers in _subscribers.items()
        for subscriber in subscribers
    ]
