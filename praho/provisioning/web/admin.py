"""Services in the admin: the list, one service with what was asked of the provider, deciding about failed ones."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.types import CYCLE_NAMES
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.domains.web import names
from praho.integrations.web import trail
from praho.models.provisioning import ServiceState
from praho.provisioning import permissions
from praho.provisioning.services import creating, reading, renewing
from praho.provisioning.web import columns, labels
from praho.ui import lists
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("provisioning_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"provisioning_admin.services": 12}


@bp.get("/services", permission=permissions.VIEW_SERVICES)
def services() -> Response:
    """List the services of all customers."""
    state, search, sort = arguments.chosen("state", ServiceState), arguments.text(), lists.by_age()
    page = reading.listed(state, search, arguments.cursor(), oldest=not sort.descending)
    return htmx.render(
        "provisioning/admin/services.html",
        page=page,
        owners=reading.owners(page.items),
        state=state,
        search=search,
        sort=sort,
        columns=columns.SERVICES_WITH_OWNER,
        labels=labels,
        reading=reading,
        shown=names.shown,
        cycles=CYCLE_NAMES,
    )


@bp.get("/services/<public_id>", permission=permissions.VIEW_SERVICES)
def service(public_id: str) -> Response:
    """Show one service."""
    row = reading.shown(public_id)
    return htmx.render(
        "provisioning/admin/service.html",
        row=row,
        owner=reading.owner(row),
        product=reading.product_name(row),
        price=reading.price(row),
        next_period=renewing.next_period(row),
        last_day=reading.last_day(row),
        cycle=CYCLE_NAMES[row.cycle],
        trail=trail.of(creating.SUBJECT, public_id),
        labels=labels,
        shown=names.shown,
        may_manage=current_principal().may(permissions.MANAGE_SERVICES),
        crumbs=(Crumb(_("Services"), url_for("provisioning_admin.services")), Crumb(row.label)),
    )


@bp.post("/services/<public_id>/retry", permission=permissions.MANAGE_SERVICES)
def retry(public_id: str) -> BaseResponse:
    """Ask the provider once more."""
    creating.retry(public_id)
    flash(_("The provider is being asked again."), "success")
    return _back(public_id)


@bp.post("/services/<public_id>/give-up", permission=permissions.MANAGE_SERVICES)
def give_up(public_id: str) -> BaseResponse:
    """End a creation of which nobody knows."""
    creating.give_up(public_id)
    flash(_("The creation was closed as not done. You can try again or cancel it."), "success")
    return _back(public_id)


@bp.post("/services/<public_id>/cancel", permission=permissions.MANAGE_SERVICES)
def cancel(public_id: str) -> BaseResponse:
    """Give a failed service up."""
    creating.cancel(public_id)
    flash(_("The service was cancelled."), "success")
    return _back(public_id)


def _back(public_id: str) -> BaseResponse:
    return htmx.go_to(url_for("provisioning_admin.service", public_id=public_id))
