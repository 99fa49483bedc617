"""The portal's own pages: the dashboard that the domains fill."""

from flask import Response

from praho.core.contributions import AgendaEntry
from praho.core.permissions import ALL_MEMBERS, Permission
from praho.core.principal import current_principal
from praho.core.web import fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint

VIEW_DASHBOARD = Permission("portal.dashboard", members=ALL_MEMBERS)
QUERY_BUDGETS = {"portal.dashboard": 11}
_AGENDA_LENGTH = 6

bp = SurfaceBlueprint("portal", __name__, Surface.PORTAL, template_folder="templates")


@bp.get("/", permission=VIEW_DASHBOARD)
def dashboard() -> Response:
    """Say what is due, what expires and what runs."""
    board = fragments.board("portal")
    return htmx.render(
        "portal/dashboard.html",
        board=board,
        agenda=board.agenda[:_AGENDA_LENGTH],
        next_expiry=_first_expiry(board.agenda),
        person=current_principal(),
    )


def _first_expiry(agenda: list[AgendaEntry]) -> AgendaEntry | None:
    return next((entry for entry in agenda if entry.kind == "expiry"), None)
