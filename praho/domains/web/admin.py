"""Domains in the admin: the list, one domain with what was asked of the registrar, and deciding about failed ones."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.domains import permissions
from praho.domains.services import reading, registering
from praho.domains.web import columns, labels, names
from praho.integrations.web import trail
from praho.models.domains import DomainState
from praho.ui import lists
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("domains_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"domains_admin.domains": 12}


@bp.get("/domains", permission=permissions.VIEW_DOMAINS)
def domains() -> Response:
    """List the domains of all customers."""
    state, search, sort = arguments.chosen("state", DomainState), arguments.text(), lists.by_age()
    page = reading.listed(state, search, arguments.cursor(), oldest=not sort.descending)
    return htmx.render(
        "domains/admin/domains.html",
        page=page,
        owners=reading.owners(page.items),
        state=state,
        search=search,
        sort=sort,
        columns=columns.DOMAINS_WITH_OWNER,
        labels=labels,
        shown=names.shown,
    )


@bp.get("/domains/<public_id>", permission=permissions.VIEW_DOMAINS)
def domain(public_id: str) -> Response:
    """Show one domain."""
    row = reading.shown(public_id)
    return htmx.render(
        "domains/admin/domain.html",
        row=row,
        owner=reading.owner(row),
        registrant=reading.registrant(row),
        trail=trail.of(registering.SUBJECT, public_id),
        labels=labels,
        shown=names.shown,
        may_manage=current_principal().may(permissions.MANAGE_DOMAINS),
        crumbs=(Crumb(_("Domains"), url_for("domains_admin.domains")), Crumb(names.shown(row.name))),
    )


@bp.post("/domains/<public_id>/retry", permission=permissions.MANAGE_DOMAINS)
def retry(public_id: str) -> BaseResponse:
    """Ask the registry once more."""
    registering.retry(public_id)
    flash(_("The registry is being asked again."), "success")
    return _back(public_id)


@bp.post("/domains/<public_id>/give-up", permission=permissions.MANAGE_DOMAINS)
def give_up(public_id: str) -> BaseResponse:
    """End a registration of which nobody knows."""
    registering.give_up(public_id)
    flash(_("The registration was closed as not done. You can try again or cancel it."), "success")
    return _back(public_id)


@bp.post("/domains/<public_id>/cancel", permission=permissions.MANAGE_DOMAINS)
def cancel(public_id: str) -> BaseResponse:
    """Give a failed registration up."""
    registering.cancel(public_id)
    flash(_("The registration was cancelled. The name is free for others."), "success")
    return _back(public_id)


def _back(public_id: str) -> BaseResponse:
    return htmx.go_to(url_for("domains_admin.domain", public_id=public_id))
