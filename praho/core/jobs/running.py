"""Running one job: claim → handle → record, the same under the local runner and under Celery."""

import os
import socket
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

import structlog

from praho.core.crash import crash_point
from praho.core.db.scope import SystemScope, entered
from praho.core.jobs import claiming
from praho.core.jobs.kinds import Again, JobHandler
from praho.core.jobs.table import Queue
from praho.core.principal import Principal, acting_as
from praho.core.request_id import request_context

log = structlog.get_logger(__name__)


class Jobs:
    """The handlers of every domain, by kind.

    `surroundings` is entered around each handler, such as the application's context. `lease` replaces what the kinds
    declare, for tests.
    """

    def __init__(
        self,
        handlers: Mapping[str, JobHandler[Any]],
        surroundings: Callable[[], AbstractContextManager[Any]] = nullcontext,
        lease: timedelta | None = None,
    ) -> None:
        self.handlers = handlers
        self._surroundings = surroundings
        self._lease = lease

    def run_one(
        self,
        worker: str,
        *,
        job_id: int | None = None,
        queues: frozenset[Queue] | None = None,
    ) -> bool:
        """Claim and run one due job; return whether there was one."""
        job = claiming.claim(worker, self._lease, job_id=job_id, queues=queues)
        if job is None:
            return False
        crash_point("job.claimed")
        with request_context(job.request_id, job=job.id, kind=job.kind):
            self._handle(job)
        crash_point("job.recorded")
        return True

    def run_many(self, worker: str, limit: int = 50) -> int:
        """Claim up to `limit` jobs that are due, run them one after the other, and return how many there were.

        They are recorded together, so that a process that dies in between leaves them all to be run again.
        """
        claimed = claiming.claim_many(worker, limit)
        done = []
        for job in claimed:
            with request_context(job.request_id, job=job.id, kind=job.kind):
                if self._finished(job):
                    done.append(job)
        if done:
            claiming.record_all_done(done)
        return len(claimed)

    def _handle(self, job: claiming.Claimed) -> None:
        if self._finished(job):
            claiming.record_done(job)

    def _finished(self, job: claiming.Claimed) -> bool:
        """Run a job's handler and return whether the job is done; anything else is recorded here."""
        handler = self.handlers.get(job.kind)
        if handler is None:
            claiming.record_failure(job, f"no handler for jobs of kind {job.kind}")
            return False
        try:
            with self._surroundings(), acting_as(Principal.system(job.kind)), entered(SystemScope(f"job {job.kind}")):
                answer = handler.run(handler.kind.decode(job.payload))
        except Exception as error:  # the job runner is where any failure becomes a row
            log.warning("job failed", error=repr(error), failures=job.failures + 1, exc_info=True)
            claiming.record_failure(job, "".join(traceback.format_exception(error)))
            return False
        crash_point("job.handled")
        if isinstance(answer, Again):
            claiming.record_again(job, answer.seconds, answer.reason)
            return False
        return True


def worker_name(driver: str) -> str:
    """Return a name that tells this process from others, such as `local:web1:4711`."""
    return f"{driver}:{socket.gethostname()}:{os.getpid()}"
