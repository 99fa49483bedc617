"""The customer's domains."""

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core import clock
from praho.core.contributions import LifeSubject
from praho.core.i18n import gettext as _
from praho.core.web import arguments, fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.domains import permissions
from praho.domains.services import reading
from praho.domains.web import columns, contributions, labels, names
from praho.models.domains import DomainState
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("domains_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"domains_portal.domains": 7, "domains_portal.domain": 12}


@bp.get("/domains", permission=permissions.VIEW_DOMAINS)
def domains() -> Response:
    """List the customer's domains."""
    state, search = arguments.chosen("state", DomainState), arguments.text()
    return htmx.render(
        "domains/portal/domains.html",
        page=reading.listed(state, search, arguments.cursor()),
        state=state,
        search=search,
        columns=columns.DOMAINS,
        labels=labels,
        shown=names.shown,
    )


@bp.get("/domains/<public_id>", permission=permissions.VIEW_DOMAINS)
def domain(public_id: str) -> Response:
    """Show one domain."""
    row = reading.shown(public_id)
    return htmx.render(
        "domains/portal/domain.html",
        row=row,
        registrant=reading.registrant(row),
        life=fragments.life(LifeSubject("domain", row.public_id, row.origin, "portal")),
        soon=clock.today() + contributions.SOON,
        labels=labels,
        shown=names.shown,
        crumbs=(Crumb(_("Domains"), url_for("domains_portal.domains")), Crumb(names.shown(row.name))),
    )


@bp.get("/domains/<public_id>/state", permission=permissions.VIEW_DOMAINS)
def state(public_id: str) -> BaseResponse:
    """Say how far the registration is; the page asks while it runs."""
    row = reading.shown(public_id)
    if not htmx.is_fragment_request():
        return htmx.go_to(url_for("domains_portal.domain", public_id=public_id))
    return htmx.render("domains/portal/_state.html", row=row, labels=labels, polled=True)
