"""Claiming a due job and recording what became of it: the one claim code under every driver."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, tuple_, update

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.table import Job, JobState, Queue

_BACKOFF_CAP = timedelta(hours=1)
_ERROR_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in this worker's hands; `attempt` is the fencing token."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int
    failures: int
    max_failures: int
    request_id: str | None


def _due(now: datetime) -> tuple[Select[int], Select[int]]:
    """Return the jobs whose worker vanished, which are few, and those that wait, each by an index, the oldest first.

    In one statement all of them would have to be sorted to find the first.
    """
    abandoned = select(Job.id).where(Job.state == JobState.RUNNING, Job.lease_until < now)
    waiting = select(Job.id).where(_waiting(now))
    return abandoned.order_by(Job.lease_until, Job.id), waiting.order_by(Job.run_at, Job.id)


def _waiting(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state.in_([JobState.READY, JobState.RETRY]), Job.run_at <= now)


def due_jobs(limit: int) -> list[tuple[int, str]]:
    """Return (id, queue) of up to `limit` jobs that wait for a worker, abandoned ones and the oldest first."""
    with entered(SystemScope("due jobs")) as session:
        due = [
            (job_id, queue.value)
            for candidates in _due(clock.machine_now())
            for job_id, queue in session.execute(candidates.add_columns(Job.queue).limit(limit))
        ]
        return due[:limit]


def claim(
    worker: str,
    lease: timedelta | None = None,
    *,
    job_id: int | None = None,
    queues: frozenset[Queue] | None = None,
) -> Claimed | None:
    """Take one due job: a named one, or the oldest of `queues`; None where there is none to take.

    The claim holds for `lease`, or for what the job's kind declared; after that another worker may take it. An
    attempt whose worker vanished counts as a failure, for a job may be what ends its workers.
    """
    now = clock.machine_now()
    wanted = [] if job_id is None else [Job.id == job_id]
    if queues is not None:
        wanted.append(Job.queue.in_(queues))
    for candidates in _due(now):
        claimed = _claim(candidates.where(*wanted).limit(1), worker, lease, now)
        if claimed is not None:
            return claimed
    return None


def _claim(candidate: Select[int], worker: str, lease: timedelta | None, now: datetime) -> Claimed | None:
    with entered(SystemScope("claim a job")) as session:
        if session.scalar(candidate) is None:
            return None
        with unit_of_work():
            while (found := session.scalar(candidate.with_for_update(skip_locked=True, key_share=True))) is not None:
                job = session.get_one(Job, found)
                if job.state is not JobState.RUNNING or not _vanished(job, now):
                    return _taken(job, worker, now + (timedelta(seconds=job.lease_seconds) if lease is None else lease))
    return None


def claim_many(worker: str, limit: int) -> list[Claimed]:
    """Take up to `limit` jobs that wait and are due, the oldest first, in one transaction; for work in bulk.

    What vanished workers hold is left to `claim`. The kinds' leases must last for the whole lot.
    """
    now = clock.machine_now()
    statement = select(Job).where(_waiting(now)).order_by(Job.run_at, Job.id).limit(limit)
    with entered(SystemScope("claim jobs")), unit_of_work() as session:
        rows = session.scalars(statement.with_for_update(skip_locked=True, key_share=True)).all()
        return [_taken(row, worker, now + timedelta(seconds=row.lease_seconds)) for row in rows]


def _taken(job: Job, worker: str, until: datetime) -> Claimed:
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease_until = until
    job.worker = worker
    return Claimed(job.id, job.kind, job.payload, job.attempts, job.failures, job.max_failures, job.request_id)


def _vanished(job: Job, now: datetime) -> bool:
    """Count the attempt that never recorded anything; return whether that made the job a dead letter."""
    job.failures += 1
    job.last_error = f"{job.worker} vanished in the middle of attempt {job.attempts}"
    if job.failures < job.max_failures:
        return False
    job.state = JobState.DEAD
    job.lease_until = None
    job.finished_at = now
    return True


def record_done(job: Claimed) -> bool:
    """Mark the attempt's job done; False where another attempt has taken over."""
    return _record(job, state=JobState.DONE, last_error=None, finished_at=clock.machine_now())


def record_all_done(jobs: Sequence[Claimed]) -> None:
    """Mark jobs of `claim_many` done at once, those left out that another attempt has taken over."""
    attempts = tuple_(Job.id, Job.attempts).in_([(job.id, job.attempt) for job in jobs])
    with entered(SystemScope("record jobs")), unit_of_work() as session:
        session.execute(
            update(Job)
            .where(attempts, Job.state == JobState.RUNNING)
            .values(lease_until=None, state=JobState.DONE, last_error=None, finished_at=clock.machine_now())
            .execution_options(synchronize_session=False)
        )


def record_again(job: Claimed, seconds: float, reason: str) -> bool:
    """Put the job back for a later run that is no retry; False where another attempt has taken over."""
    run_at = clock.machine_now() + timedelta(seconds=seconds)
    return _record(job, state=JobState.READY, run_at=run_at, last_error=reason or None)


def record_failure(job: Claimed, error: str) -> bool:
    """Count a failure: back off with jitter, or make it a dead letter when its patience is spent."""
    failures = job.failures + 1
    error = _storable(error)
    if failures >= job.max_failures:
        return _record(
            job,
            state=JobState.DEAD,
            failures=failures,
            last_error=error,
            finished_at=clock.machine_now(),
        )
    run_at = clock.machine_now() + backoff(failures)
    return _record(job, state=JobState.RETRY, failures=failures, run_at=run_at, last_error=error)


def _storable(text: str) -> str:
    """Return the end of a text, without what PostgreSQL cannot keep: zero bytes and halves of letters."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[-_ERROR_LENGTH:]


def backoff(failures: int) -> timedelta:
    """Return the wait after the n-th failure: doubling from two seconds to an hour, with a fifth of jitter."""
    seconds = min(2.0**failures, _BACKOFF_CAP.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))


def _record(job: Claimed, **values: Any) -> bool:
    with entered(SystemScope("record a job")), unit_of_work() as session:
        result = session.execute(
            update(Job)
            .where(Job.id == job.id, Job.attempts == job.attempt, Job.state == JobState.RUNNING)
            .values(lease_until=None, **values)
            .returning(Job.id)
            .execution_options(synchronize_session=False)
        )
        return result.scalar() is not None
