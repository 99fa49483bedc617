"""What operations offer to the staff's desk."""

from praho.core.desk import Attention, BulkAction, BulkWork
from praho.core.i18n import lazy_gettext as _
from praho.operations import permissions
from praho.operations.services import jobs, waiting


def _retry(work: BulkWork) -> None:
    jobs.retry(jobs.number(work.subject_id))


ATTENTION = (
    Attention(
        "dead_jobs",
        _("Jobs that gave up"),
        "workflow",
        permissions.VIEW_JOBS,
        "jobs_admin.jobs",
        waiting.dead,
        {"state": "dead"},
        urgent=True,
        order=15,
    ),
)
BULK = (
    BulkAction("operations.retry", _("Try again now"), "refresh-cw", permissions.RETRY_JOBS, "jobs_admin.jobs", _retry),
)
