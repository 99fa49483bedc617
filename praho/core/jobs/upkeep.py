"""Looking after the job table: a dead letter's second chance, and the end of what was done long ago."""

from datetime import timedelta

from sqlalchemy import delete, select

from praho.core import clock
from praho.core.db.locking import lock_one
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.jobs import queueing
from praho.core.jobs.table import Job, JobState


def revive(job_id: int) -> bool:
    """Let a dead letter run again at once with all its patience; return False where the job is not dead.

    Needs a unit of work, so that whoever asks can record it in the same one.
    """
    require_unit_of_work()
    job = lock_one(Job, job_id)
    if job is None or job.state is not JobState.DEAD:
        return False
    job.state = JobState.READY
    job.failures = 0
    job.run_at = clock.machine_now()
    job.finished_at = None
    queueing.nudge_after_commit(job.id, job.queue)
    return True


def prune_done(older_than: timedelta, limit: int = 10_000) -> int:
    """Delete up to `limit` jobs that were done longer ago than that (machine time), and return how many.

    An occasion is known as long as its row is: `older_than` must exceed the time in which a cause may recur.
    """
    with entered(SystemScope("prune jobs")), unit_of_work() as session:
        old = select(Job.id).where(Job.state == JobState.DONE, Job.finished_at < clock.machine_now() - older_than)
        gone = session.execute(
            delete(Job)
            .where(Job.id.in_(old.order_by(Job.id).limit(limit)))
            .returning(Job.id)
            .execution_options(synchronize_session=False)
        )
        return len(gone.all())
