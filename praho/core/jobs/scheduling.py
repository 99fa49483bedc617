"""The schedule: each recurring job enqueued once per occasion, however many processes look."""

from datetime import datetime

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Scheduled, Tick
from praho.core.jobs.queueing import enqueue

_enqueued: set[tuple[str, str]] = set()


def occasion_of(entry: Scheduled) -> str:
    """Return the name of the occasion that is due now: a slot of machine time, or a Bucharest date."""
    if entry.every is None:
        return clock.today().isoformat()
    slot = int(clock.machine_now().timestamp() // entry.every.total_seconds())
    return datetime.fromtimestamp(slot * entry.every.total_seconds(), tz=clock.BUCHAREST).isoformat()


def enqueue_due(schedule: tuple[Scheduled, ...]) -> None:
    """Enqueue every entry whose current occasion this process has not enqueued yet."""
    due = [(entry, occasion_of(entry)) for entry in schedule]
    fresh = [(entry, occasion) for entry, occasion in due if (entry.kind.name, occasion) not in _enqueued]
    if not fresh:
        return
    with entered(SystemScope("schedule")), unit_of_work():
        for entry, occasion in fresh:
            enqueue(entry.kind, Tick(occasion), occasion=occasion)
    _enqueued.clear()
    _enqueued.update((entry.kind.name, occasion) for entry, occasion in due)


def forget() -> None:
    """Forget what this process has enqueued: for a process that moves to another database."""
    _enqueued.clear()
