"""The work that notifications give to their own jobs."""

from dataclasses import dataclass

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class MessageWork:
    """The payload of work on one message, by its public id."""

    message_id: str


# With a pause of an hour between later tries, some four days: as long as mail servers try.
DELIVER = JobKind("notifications.deliver", MessageWork, queue=Queue.EMAIL, max_failures=100)
FORGET_UNDELIVERED = JobKind("notifications.forget_undelivered", Tick, queue=Queue.LOW)
