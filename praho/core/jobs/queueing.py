"""Putting a job into the table, in the transaction of the change that it follows from."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.dialects.postgresql import insert

from praho.core import clock
from praho.core.db.uow import on_commit, require_unit_of_work
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.table import Job, JobState, Queue
from praho.core.request_id import current_request_id

P = TypeVar("P")

# Written down once: a command may enqueue many jobs.
_INSERT = insert(Job.__table__).on_conflict_do_nothing().returning(Job.__table__.c.id)  # type: ignore[arg-type]
_nudge: Callable[[int, str], None] | None = None


def use_nudge(nudge: Callable[[int, str], None] | None) -> None:
    """Set what wakes a worker after the commit; it gets the job's id and queue, and must not raise."""
    global _nudge
    _nudge = nudge


def enqueue(kind: JobKind[P], payload: P, *, occasion: str, delay: timedelta = timedelta(0)) -> bool:
    """Insert a job once per `occasion`; return False where this occasion was enqueued before.

    `delay` is machine time. Needs a unit of work; the job becomes visible with its commit.
    """
    frame = require_unit_of_work()
    now = clock.machine_now()
    values = {
        "kind": kind.name,
        "key": f"{kind.name}:{occasion}",
        "queue": kind.queue,
        "payload": kind.encode(payload),
        "state": JobState.READY,
        "attempts": 0,
        "failures": 0,
        "max_failures": kind.max_failures,
        "lease_seconds": int(kind.lease.total_seconds()),
        "run_at": now + delay,
        "request_id": current_request_id(),
        "created_at": now,
    }
    job_id = frame.session.execute(_INSERT, values).scalar()
    if job_id is None:
        return False
    if not delay:
        nudge_after_commit(job_id, kind.queue)
    return True


def nudge_after_commit(job_id: int, queue: Queue) -> None:
    """Wake a worker for a job that is due, once the unit of work has committed."""
    if _nudge is not None:
        on_commit(_nudge, job_id, queue.value)
