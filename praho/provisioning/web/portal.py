"""The customer's services, and their access data, which is shown once."""

from typing import Any

from flask import Response, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue.types import CYCLE_NAMES
from praho.core.contributions import LifeSubject
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.domains.web import names
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import permissions
from praho.provisioning.services import credentials, reading, renewing
from praho.provisioning.web import columns, labels
from praho.ui.navigation import Crumb

_REVEALED = "revealed"

bp = SurfaceBlueprint("provisioning_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"provisioning_portal.services": 7, "provisioning_portal.service": 12}


@bp.get("/services", permission=permissions.VIEW_SERVICES)
def services() -> Response:
    """List the customer's services."""
    state, search = arguments.chosen("state", ServiceState), arguments.text()
    return htmx.render(
        "provisioning/portal/services.html",
        page=reading.listed(state, search, arguments.cursor()),
        state=state,
        search=search,
        columns=columns.SERVICES,
        labels=labels,
        reading=reading,
        shown=names.shown,
        cycles=CYCLE_NAMES,
    )


@bp.get("/services/<public_id>", permission=permissions.VIEW_SERVICES)
def service(public_id: str) -> Response:
    """Show one service, and its password where this browser has just had it revealed."""
    row = reading.shown(public_id)
    password = credentials.opened_for_page(public_id, session.get(_REVEALED))
    answer = htmx.render("provisioning/portal/service.html", **_facts(row, password))
    if password is not None:
        session.pop(_REVEALED)
        answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/services/<public_id>/state", permission=permissions.VIEW_SERVICES)
def state(public_id: str) -> BaseResponse:
    """Say how far the creation is; the page asks while it runs."""
    row = reading.shown(public_id)
    if not htmx.is_fragment_request():
        return htmx.go_to(url_for("provisioning_portal.service", public_id=public_id))
    return htmx.render("provisioning/portal/_state.html", row=row, labels=labels, polled=True)


@bp.post("/services/<public_id>/credentials", permission=permissions.REVEAL_CREDENTIALS)
def reveal(public_id: str) -> BaseResponse:
    """Reveal the access data, this once. Without a script the page shows it, so that a reload sends nothing again."""
    customer_id = current_principal().customer_id
    if customer_id is None:
        raise NotFound(_("There is no such service."))
    shown = credentials.reveal(public_id, customer_id)
    if not htmx.is_fragment_request():
        session[_REVEALED] = credentials.sealed_for_page(public_id, shown)
        return htmx.go_to(url_for(".service", public_id=public_id))
    return htmx.render("provisioning/portal/_access.html", **_facts(reading.shown(public_id), shown.password))


def _facts(row: Service, password: str | None) -> dict[str, Any]:
    return {
        "row": row,
        "product": reading.product_name(row),
        "price": reading.price(row),
        "next_period": renewing.next_period(row),
        "last_day": reading.last_day(row),
        "cycle": CYCLE_NAMES[row.cycle],
        "labels": labels,
        "shown": names.shown,
        "revealed": password,
        "life": fragments.life(LifeSubject("service", row.public_id, row.origin, "portal")),
        "may_reveal": current_principal().may(permissions.REVEAL_CREDENTIALS),
        "crumbs": (Crumb(_("Services"), url_for("provisioning_portal.services")), Crumb(row.label)),
    }
