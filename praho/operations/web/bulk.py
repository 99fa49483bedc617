"""Doing one thing to many rows: asking for it, and watching how far it is."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.web import access, form_tokens, htmx, subjects
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.operations.permissions import START_RUNS
from praho.operations.services.bulk import reading, starting
from praho.ui.navigation import Crumb

_MOST_NOTE = 500

bp = SurfaceBlueprint("bulk_admin", __name__, Surface.ADMIN)


@bp.post("/bulk", permission=START_RUNS)
def start() -> BaseResponse:
    """Ask for an action over the rows that were chosen in a list."""
    back = access.safe_next(request.form.get("back"), url_for("admin.dashboard"))
    try:
        run_id = starting.start(
            request.form.get("action", ""),
            request.form.getlist("chosen"),
            request.form.get("note", "")[:_MOST_NOTE],
            form_token=form_tokens.submitted(),
        )
    except PrahoError as refusal:
        flash(str(refusal), "error")
        return htmx.go_to(back)
    return htmx.go_to(url_for(".run", public_id=run_id, back=back))


@bp.get("/bulk/<public_id>", permission=START_RUNS)
def run(public_id: str) -> Response:
    """Show how far a run is, and what was refused; the page asks again until it is done."""
    view = reading.shown(public_id)
    return htmx.render(
        "operations/admin/bulk_run.html",
        "operations/admin/_bulk_run.html",
        view=view,
        back=access.safe_next(request.args.get("back"), url_for(view.action.endpoint)),
        subject_url=lambda subject_id: subjects.admin_url(view.action.subject, subject_id),
        crumbs=(Crumb(_("Dashboard"), url_for("admin.dashboard")), Crumb(view.action.label)),
    )
