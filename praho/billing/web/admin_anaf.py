"""The connection to ANAF's e-Factura: the application, the authorization with a certificate, and how it stands."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.efactura.services import connecting, connection, refreshing
from praho.billing.web import labels
from praho.billing.web.forms_anaf import ApplicationForm
from praho.core.errors import Conflict, Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.addresses import absolute
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.models.billing.efactura import EfacturaEnvironment, EfacturaState
from praho.settings.services import company

bp = SurfaceBlueprint("billing_anaf", __name__, Surface.ADMIN)
_MOST_TEXT = 200


@bp.get("/anaf", permission=permissions.VIEW_TAX_SETTINGS)
def overview() -> Response:
    """Show how the connection stands."""
    return _page(None, 200)


@bp.post("/anaf", permission=permissions.MANAGE_TAX_SETTINGS)
def name_application() -> BaseResponse:
    """Keep the application that was registered at ANAF."""
    form = ApplicationForm()
    if not form.validate():
        return _page(form, 422)
    typed = connecting.ApplicationInput(
        EfacturaEnvironment(form.environment.data), form.client_id.data.strip(), (form.secret.data or "").strip()
    )
    try:
        connecting.name_application(typed)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(form, refusal.http_status)
    flash(_("The application is kept. Now authorize it with the certificate."), "success")
    return htmx.go_to(url_for(".overview"))


@bp.post("/anaf/start", permission=permissions.MANAGE_TAX_SETTINGS)
def start() -> BaseResponse:
    """Begin an authorization; the page then leads to ANAF's."""
    try:
        connecting.begin()
    except Conflict as refusal:
        flash(str(refusal), "error")
    return htmx.go_to(url_for(".overview"))


@bp.get("/anaf/callback", permission=permissions.MANAGE_TAX_SETTINGS)
def callback() -> BaseResponse:
    """Take what ANAF's page sends back with the browser: a code, or why there is none."""
    refused = request.args.get("error", "")[:_MOST_TEXT]
    if refused:
        flash(_("ANAF refuses the authorization: %(answer)s", answer=refused), "error")
        return htmx.go_to(url_for(".overview"))
    try:
        found = connecting.finish(request.args.get("state", ""), request.args.get("code", ""), _way_back())
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        _tell(found, _("Connected to ANAF."))
    return htmx.go_to(url_for(".overview"))


@bp.post("/anaf/check", permission=permissions.MANAGE_TAX_SETTINGS)
def check() -> BaseResponse:
    """Ask ANAF whether it lets us."""
    _tell(connecting.check(), _("ANAF answers, and lets us act for the company."))
    return htmx.go_to(url_for(".overview"))


@bp.post("/anaf/disconnect", permission=permissions.MANAGE_TAX_SETTINGS)
def disconnect() -> BaseResponse:
    """Forget the authorization."""
    connecting.disconnect()
    flash(_("Disconnected. Nothing is sent to e-Factura any more."), "success")
    return htmx.go_to(url_for(".overview"))


def _tell(found: connecting.Checked, well: str) -> None:
    if found.denied:
        flash(_("ANAF answers that we may not act for the company: %(answer)s", answer=found.detail), "error")
    elif not found.answered:
        flash(_("ANAF gave no answer to a first question: %(answer)s", answer=found.detail), "warning")
    else:
        flash(well, "success")


def _way_back() -> str:
    return absolute("billing_anaf.callback")


def _page(form: ApplicationForm | None, status: int) -> Response:
    found, configured = connection.standing(), connection.configured()
    asking = configured and found is not None and found.asking
    return htmx.render(
        "billing/admin/anaf.html",
        status=status,
        configured=configured,
        connection=found,
        connected=found is not None and found.state is not EfacturaState.DISCONNECTED,
        denied=found is not None and found.state is EfacturaState.DENIED,
        alarm=refreshing.alarm(),
        way_back=_way_back(),
        page_address=connecting.page_address(_way_back()) if asking else None,
        cui=company.seller().cui,
        form=form or ApplicationForm(formdata=None, obj=found),
        states=labels.CONNECTION_STATES,
        environments=labels.ENVIRONMENTS,
        may_manage=current_principal().may(permissions.MANAGE_TAX_SETTINGS),
    )
