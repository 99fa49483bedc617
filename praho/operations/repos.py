"""Every query about jobs, bulk runs, saved filters and the fitness of what is stored, for staff."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from praho.core.db import locking
from praho.core.db.base import Base
from praho.core.db.scope import session
from praho.core.jobs.table import Job, JobState
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document, NumberSeries
from praho.models.operations import BulkItem, BulkItemState, BulkRun, SavedFilter


def listed(state: JobState | None, cursor: str | None, *, oldest: bool = False) -> Page[Job]:
    """Return a page of jobs, the newest first."""
    statement = select(Job)
    if state is not None:
        statement = statement.where(Job.state == state)
    return page_of(statement, [Job.id], cursor, descending=not oldest)


def find(job_id: int) -> Job | None:
    """Return a job, or None."""
    return session().get(Job, job_id)


def first_waiting(kind: str) -> int | None:
    """Return the id of the oldest job of a kind that waits for another try, or None."""
    statement = select(Job.id).where(Job.kind == kind, Job.state == JobState.RETRY).order_by(Job.id).limit(1)
    return session().scalar(statement)


def locked_waiting(job_id: int) -> Job | None:
    """Return a job, locked, where it waits for another try, or None. Needs a unit of work."""
    row = locking.lock_one(Job, job_id)
    return row if row is not None and row.state is JobState.RETRY else None


def saved_filters(user_id: int, endpoint: str) -> Sequence[SavedFilter]:
    """Return a person's filters of a list, by name."""
    statement = select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.endpoint == endpoint)
    return session().scalars(statement.order_by(SavedFilter.name)).all()


def saved_filter(user_id: int, public_id: str) -> SavedFilter | None:
    """Return a filter of this person, or None."""
    return session().scalar(
        select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.public_id == public_id)
    )


def bulk_run(public_id: str) -> BulkRun | None:
    """Return a run, or None."""
    return session().scalar(select(BulkRun).where(BulkRun.public_id == public_id))


def open_items(run_id: int, limit: int) -> list[tuple[int, str]]:
    """Return ids and subjects of a run's items that are not settled, those that were cut off first."""
    items: list[tuple[int, str]] = []
    for state in (BulkItemState.RUNNING, BulkItemState.WAITING):
        statement = select(BulkItem.id, BulkItem.subject_id).where(BulkItem.run_id == run_id, BulkItem.state == state)
        found = session().execute(statement.order_by(BulkItem.id).limit(limit - len(items)))
        items.extend((row.id, row.subject_id) for row in found)
    return items


def items_by_state(run_id: int) -> dict[BulkItemState, int]:
    """Return how many items of a run are in each state."""
    statement = select(BulkItem.state, func.count()).where(BulkItem.run_id == run_id).group_by(BulkItem.state)
    return {state: int(number) for state, number in session().execute(statement)}


def failed_items(run_id: int, limit: int = 100) -> Sequence[BulkItem]:
    """Return the first items of a run that were refused."""
    statement = select(BulkItem).where(BulkItem.run_id == run_id, BulkItem.state == BulkItemState.FAILED)
    return session().scalars(statement.order_by(BulkItem.id).limit(limit)).all()


def newest_sealed(model: type[Base], column: str, limit: int) -> Sequence[Base]:
    """Return the newest rows of a model that hold a secret in a column."""
    sealed: Any = getattr(model, column)
    identity = model.__mapper__.primary_key[0]
    return session().scalars(select(model).where(sealed.is_not(None)).order_by(identity.desc()).limit(limit)).all()


def series_counts() -> list[tuple[str, int, int, int]]:
    """Return prefix, first and next number of each fiscal series, and how many documents it has."""
    statement = (
        select(NumberSeries.prefix, NumberSeries.first_number, NumberSeries.next_number, func.count(Document.id))
        .outerjoin(Document, Document.series_id == NumberSeries.id)
        .group_by(NumberSeries.id)
        .order_by(NumberSeries.id)
    )
    return [(prefix, first, following, count) for prefix, first, following, count in session().execute(statement)]


def dead_and_late(before: datetime) -> tuple[int, int]:
    """Return how many jobs gave up, and how many have waited since before an instant of machine time."""
    late = and_(Job.state.in_([JobState.READY, JobState.RETRY]), Job.run_at < before)
    statement = select(func.count().filter(Job.state == JobState.DEAD), func.count().filter(late)).select_from(Job)
    dead, waiting = session().execute(statement).one()
    return dead, waiting
