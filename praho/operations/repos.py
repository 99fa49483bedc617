"""Every query about jobs, for staff."""

from sqlalchemy import func, select

from praho.core.db.scope import session
from praho.core.jobs.table import Job, JobState
from praho.core.web.paging import Page, page_of


def listed(state: JobState | None, cursor: str | None) -> Page[Job]:
    """Return a page of jobs, the newest first."""
    statement = select(Job)
    if state is not None:
        statement = statement.where(Job.state == state)
    return page_of(statement, [Job.id], cursor)


def find(job_id: int) -> Job | None:
    """Return a job, or None."""
    return session().get(Job, job_id)


def dead_count() -> int:
    """Return how many jobs gave up."""
    statement = select(func.count()).select_from(Job).where(Job.state == JobState.DEAD)
    return int(session().scalar(statement) or 0)
