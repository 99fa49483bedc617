"""The jobs page: what waits, what runs, what failed, and trying again."""

from collections.abc import Mapping

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.contributions import NavigationItem
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.table import JobState
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.operations import permissions
from praho.operations.services import jobs as work
from praho.ui import lists
from praho.ui.lists import Column
from praho.ui.navigation import Crumb
from praho.ui.states import StateLabel, Tone

bp = SurfaceBlueprint("jobs_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"jobs_admin.jobs": 12}

STATES: Mapping[JobState, StateLabel] = {
    JobState.READY: StateLabel(_("Waiting"), Tone.NEUTRAL),
    JobState.RUNNING: StateLabel(_("Running"), Tone.INFO),
    JobState.RETRY: StateLabel(_("Will be tried again"), Tone.WARNING),
    JobState.DONE: StateLabel(_("Done"), Tone.SUCCESS),
    JobState.DEAD: StateLabel(_("Gave up"), Tone.DANGER),
}
COLUMNS = (
    Column(_("Job"), sort="created"),
    Column(_("Queue")),
    Column(_("Next run")),
    Column(_("Tries")),
    Column(_("State")),
)


@bp.get("/jobs", permission=permissions.VIEW_JOBS)
def jobs() -> Response:
    """List jobs, those of one state where one is chosen."""
    state, sort = arguments.chosen("state", JobState), lists.by_age()
    return htmx.render(
        "operations/admin/jobs.html",
        page=work.listed(state, arguments.cursor(), oldest=not sort.descending),
        sort=sort,
        state=state,
        states=STATES,
        columns=COLUMNS,
    )


@bp.get("/jobs/<int:job_id>", permission=permissions.VIEW_JOBS)
def job(job_id: int) -> Response:
    """Show one job with its last error."""
    row = work.shown(job_id)
    return htmx.render(
        "operations/admin/job.html",
        row=row,
        states=STATES,
        may_retry=row.state in work.WAITING and current_principal().may(permissions.RETRY_JOBS),
        crumbs=(Crumb(gettext("Jobs"), url_for("jobs_admin.jobs")), Crumb(f"{row.kind} {row.id}")),
    )


@bp.post("/jobs/<int:job_id>/retry", permission=permissions.RETRY_JOBS)
def retry(job_id: int) -> BaseResponse:
    """Try a job again now."""
    work.retry(job_id)
    flash(gettext("The job runs again now."), "success")
    return htmx.go_to(url_for("jobs_admin.job", job_id=job_id))


NAVIGATION = NavigationItem(
    "admin", _("Jobs"), "jobs_admin.jobs", "workflow", permissions.VIEW_JOBS, 80, _("Operations"), key="j"
)
