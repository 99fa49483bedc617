"""Jobs as staff see them, and the second chance of a dead one."""

from praho.audit.services import recording
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.jobs import queueing, upkeep
from praho.core.jobs.table import Job, JobState
from praho.core.web.paging import Page
from praho.operations import repos

_LONGEST_ID = 18
WAITING = frozenset({JobState.DEAD, JobState.RETRY})


def listed(state: JobState | None, cursor: str | None, *, oldest: bool = False) -> Page[Job]:
    """Return a page of jobs, the newest first."""
    return repos.listed(state, cursor, oldest=oldest)


def shown(job_id: int) -> Job:
    """Return one job; raises NotFound."""
    row = repos.find(job_id)
    if row is None:
        raise NotFound(_("This job does not exist."))
    return row


def number(text: str) -> int:
    """Return the id of a job that was written down as text; raises NotFound for what is none."""
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_ID:
        raise NotFound(_("This job does not exist."))
    return int(text)


def retry(job_id: int) -> None:
    """Run a dead job, or one that waits for its next try, again now; raises Conflict for any other."""
    with unit_of_work():
        row = locking.lock_one(Job, job_id)
        if row is None:
            raise NotFound(_("This job does not exist."))
        if row.state not in WAITING:
            raise Conflict(_("This job does not wait for another try."))
        before = row.state
        if not upkeep.revive(row.id):
            row.run_at = clock.machine_now()
            queueing.nudge_after_commit(row.id, row.queue)
        recording.record(
            "job.retried",
            subject=("job", str(row.id)),
            changes={"state": [before.value, row.state.value], "kind": [row.kind, row.kind]},
        )
