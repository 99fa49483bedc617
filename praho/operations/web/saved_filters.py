"""Keeping a list's filter under a name, and letting the list open with it."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.web import access, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.operations.permissions import KEEP_FILTERS
from praho.operations.services import saved_filters

bp = SurfaceBlueprint("saved_filters_admin", __name__, Surface.ADMIN)


@bp.post("/filters", permission=KEEP_FILTERS)
def keep() -> Response:
    """Keep the filter of the list at hand."""
    form = request.form
    back = _back()
    try:
        saved_filters.keep(
            form.get("endpoint", "")[:80],
            form.get("name", ""),
            form.get("query", ""),
            default=bool(form.get("default")),
        )
    except PrahoError as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The filter was saved."), "success")
    return htmx.go_to(back)


@bp.post("/filters/<public_id>/default", permission=KEEP_FILTERS)
def make_default(public_id: str) -> Response:
    """Let the list open with a filter, or without it again."""
    saved_filters.make_default(public_id, default=bool(request.form.get("default")))
    flash(_("From now on the list opens this way."), "success")
    return htmx.go_to(_back())


@bp.post("/filters/<public_id>/delete", permission=KEEP_FILTERS)
def forget(public_id: str) -> Response:
    """Delete a saved filter."""
    saved_filters.forget(public_id)
    flash(_("The filter was deleted."), "success")
    return htmx.go_to(_back())


def _back() -> str:
    return access.safe_next(request.form.get("back"), url_for("admin.dashboard"))
