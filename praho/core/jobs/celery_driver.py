"""The Celery driver: Redis is the alarm clock and spreads the work; the job table stays the only truth.

A commit nudges a worker with the job's id. What the nudge misses (Redis was away, a worker died, a retry is due)
the sweep finds in the table. Both end in the one claim code, so that a message too many does nothing.
"""

import time
from datetime import timedelta
from typing import Any

import celery
import structlog
from celery import signals
from kombu.exceptions import OperationalError

from praho.core.jobs import claiming, scheduling
from praho.core.jobs.kinds import Scheduled
from praho.core.jobs.running import Jobs, worker_name
from praho.core.jobs.table import Queue

log = structlog.get_logger(__name__)

RUN_JOB = "praho.run_job"
SWEEP = "praho.sweep"
SWEEP_SECONDS = 5.0
_PORTION = 500
_NUDGE_SECONDS = 0.2
_REST_SECONDS = 5.0
_MARGIN = timedelta(minutes=1)


class BrokerSilent(Exception):
    """The broker does not answer."""


class Nudge:
    """Publishes a job's id to its queue, without ever raising or holding a commit up for long.

    One attempt with short timeouts; after a failure the breaker is open for `rest_seconds`, in which nothing is
    tried, for the sweep finds the jobs anyway.
    """

    def __init__(self, redis_url: str, rest_seconds: float = _REST_SECONDS) -> None:
        timeouts = {"socket_timeout": _NUDGE_SECONDS, "socket_connect_timeout": _NUDGE_SECONDS, "max_retries": 0}
        self._celery = _celery(redis_url, timeouts)
        with self._celery.connection_for_write() as connection:
            _ = connection.transport  # loads the libraries now, and not in the first commit
        self._rest_seconds = rest_seconds
        self._closed_from = 0.0

    def __call__(self, job_id: int, queue: str) -> None:
        """Wake a worker of the queue for the job."""
        if time.monotonic() < self._closed_from:
            return
        try:
            self._celery.send_task(RUN_JOB, args=[job_id], queue=queue, retry=False)
        except (OperationalError, OSError) as error:
            self._closed_from = time.monotonic() + self._rest_seconds
            log.warning("the broker takes no messages; the sweep will find the jobs", error=repr(error))


def application(
    redis_url: str, jobs: Jobs, schedule: tuple[Scheduled, ...], sweep_seconds: float = SWEEP_SECONDS
) -> celery.Celery:
    """Return the Celery application of the workers and of beat, with the two tasks that they need."""
    longest = max((handler.kind.lease for handler in jobs.handlers.values()), default=timedelta(0)) + _MARGIN
    app = _celery(redis_url, {"visibility_timeout": int(longest.total_seconds()), "socket_connect_timeout": 5})

    def run_job(job_id: int) -> None:
        jobs.run_one(worker_name("celery"), job_id=job_id)

    def sweep() -> None:
        scheduling.enqueue_due(schedule)
        for job_id, queue in claiming.due_jobs(_PORTION):
            # What waits longer than a sweep's interval is named again by the next one, so that no message piles up.
            app.send_task(RUN_JOB, args=[job_id], queue=queue, expires=sweep_seconds)

    app.task(run_job, name=RUN_JOB)
    app.task(sweep, name=SWEEP)
    app.conf.beat_schedule = {
        SWEEP: {
            "task": SWEEP,
            "schedule": sweep_seconds,
            "options": {"queue": Queue.HIGH.value, "expires": sweep_seconds},
        }
    }
    return app


def answering(redis_url: str) -> int:
    """Return how many workers answer within a second; raises BrokerSilent where not even the broker does."""
    app = _celery(redis_url, {"socket_timeout": 5, "socket_connect_timeout": 5})
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=5)
            return len(app.control.ping(timeout=1.0, connection=connection))
    except (OperationalError, OSError) as error:
        raise BrokerSilent(str(error)) from error


def _celery(redis_url: str, transport_options: dict[str, Any]) -> celery.Celery:
    app = celery.Celery("praho", broker=redis_url, set_as_current=False)
    app.conf.update(
        broker_transport_options=transport_options,
        broker_connection_max_retries=None,
        broker_connection_retry_on_startup=True,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        task_default_queue=Queue.DEFAULT.value,
        task_queues={queue.value: {"exchange": queue.value, "routing_key": queue.value} for queue in Queue},
        beat_scheduler="celery.beat:Scheduler",
        worker_redirect_stdouts=False,
    )
    return app


def _keep_our_logging(**_arguments: Any) -> None:
    """Whoever answers this signal keeps Celery from setting logging up itself."""


signals.setup_logging.connect(_keep_our_logging)
