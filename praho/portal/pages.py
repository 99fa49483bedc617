"""The portal's own pages: the dashboard that the domains fill."""

from flask import Response

from praho.core.permissions import ALL_MEMBERS, Permission
from praho.core.web import fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint

VIEW_DASHBOARD = Permission("portal.dashboard", members=ALL_MEMBERS)
QUERY_BUDGETS = {"portal.dashboard": 12}

bp = SurfaceBlueprint("portal", __name__, Surface.PORTAL, template_folder="templates")


@bp.get("/", permission=VIEW_DASHBOARD)
def dashboard() -> Response:
    """Show what is due and what runs."""
    return htmx.render("portal/dashboard.html", cards=fragments.cards("portal"))
