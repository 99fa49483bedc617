"""The local driver: the claim loop in threads of this process, for a machine without a broker."""

import threading

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import queueing, scheduling
from praho.core.jobs.kinds import Scheduled
from praho.core.jobs.running import Jobs, worker_name
from praho.core.jobs.table import Job, JobState

log = structlog.get_logger(__name__)

_IDLE_SECONDS = 1.0


class LocalRunner:
    """Runs due jobs in `threads` threads until stopped. One per database: it takes over what a dead one left.

    A commit wakes a thread at once; without one each looks every `idle_seconds` for retries and the schedule.
    """

    def __init__(
        self, jobs: Jobs, schedule: tuple[Scheduled, ...], threads: int = 2, idle_seconds: float = _IDLE_SECONDS
    ) -> None:
        self._jobs = jobs
        self._schedule = schedule
        self._idle_seconds = idle_seconds
        self._wake = threading.Condition()
        self._nudges = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._loop, args=(number,), name=f"jobs-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Free the jobs that a killed local runner held, then begin."""
        release_local_leases()
        queueing.use_nudge(self._nudge)
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Finish the jobs in hand and end the threads; wait at most `timeout` seconds for each."""
        queueing.use_nudge(None)
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout)

    def _nudge(self, job_id: int, queue: str) -> None:
        with self._wake:
            self._nudges += 1
            self._wake.notify()

    def _loop(self, number: int) -> None:
        name = f"{worker_name('local')}:{number}"
        while not self._stopping:
            seen = self._nudges
            if not self._step(name):
                self._rest(seen)

    def _rest(self, seen: int) -> None:
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._nudges != seen, self._idle_seconds)

    def _step(self, name: str) -> bool:
        try:
            scheduling.enqueue_due(self._schedule)
            return self._jobs.run_one(name)
        except SQLAlchemyError:
            log.warning("the database did not answer; the job loop goes on", exc_info=True)
            return False


def release_local_leases() -> int:
    """End the leases of the jobs that an ended local runner still holds; return how many."""
    with entered(SystemScope("local runner starts")), unit_of_work() as session:
        released = session.execute(
            update(Job)
            .where(Job.state == JobState.RUNNING, Job.worker.like("local:%"))
            .values(lease_until=clock.machine_now())
            .returning(Job.id)
            .execution_options(synchronize_session=False)
        )
        return len(released.all())
