"""Documents on their way to e-Factura in the admin: the list, hurrying one, correcting one that ANAF rejected."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import errors, permissions, types
from praho.billing.efactura.services import connecting, correcting, policy, printing, queueing, standing
from praho.billing.web import columns, downloads, labels
from praho.billing.web.forms import ReasonForm
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.billing.documents import FileKind
from praho.settings.services import values
from praho.ui.navigation import Crumb, NavItem

bp = SurfaceBlueprint("efactura_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"efactura_admin.submissions": 12}


@bp.get("/efactura", permission=permissions.VIEW_DOCUMENTS)
def submissions() -> Response:
    """List a part of what goes to e-Factura."""
    wanted = types.SubmissionFilter(
        arguments.chosen("part", types.SubmissionPart) or types.SubmissionPart.OPEN, arguments.text()
    )
    page, documents = standing.listed(wanted, arguments.cursor())
    counts = standing.counts()
    tabs = [
        NavItem(label, url_for(".submissions", part=part), active=part is wanted.part, count=counts.get(part))
        for part, label in labels.SUBMISSION_PARTS.items()
    ]
    return htmx.render(
        "billing/admin/efactura.html",
        page=page,
        documents=documents,
        wanted=wanted,
        tabs=tabs,
        switched_on=values.flag(policy.SEND),
        connected=connecting.access() is not None,
        is_test=connecting.is_test(),
        may_connect=current_principal().may(permissions.VIEW_TAX_SETTINGS),
        columns=columns.SUBMISSIONS,
        labels=labels,
    )


@bp.get("/documents/<public_id>/sealed", permission=permissions.VIEW_DOCUMENTS)
def sealed(public_id: str) -> Response:
    """Hand out ANAF's ZIP with the ministry's seal."""
    return downloads.answer(printing.file(public_id, FileKind.SEALED), FileKind.SEALED)


@bp.post("/documents/<public_id>/efactura", permission=permissions.SEND_EFACTURA)
def begin(public_id: str) -> BaseResponse:
    """Put a document on its way that was issued before the settings said so."""
    try:
        queueing.begin_by_hand(public_id)
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The document is on its way to e-Factura."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.post("/documents/<public_id>/efactura/now", permission=permissions.SEND_EFACTURA)
def send_now(public_id: str) -> BaseResponse:
    """Do the next thing about a document at once."""
    try:
        standing.send_now(public_id)
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("It is looked at within a minute."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.get("/documents/<public_id>/efactura/correct", permission=permissions.SEND_EFACTURA)
def correct_page(public_id: str) -> Response:
    """Show what a correction would change of a rejected document."""
    return _correction(public_id, ReasonForm(), 200)


@bp.post("/documents/<public_id>/efactura/correct", permission=permissions.SEND_EFACTURA)
def correct(public_id: str) -> BaseResponse:
    """Correct a rejected document and send it again under its number."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _correction(public_id, form, 422)
    try:
        correcting.correct(public_id, form.reason.data.strip(), form_token=form_tokens.submitted())
    except (errors.CorrectionRefused, errors.InvoicingRefused) as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The document was corrected and goes to ANAF again, under the same number."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


def _correction(public_id: str, form: ReasonForm, status: int) -> Response:
    correction = correcting.proposed(public_id)
    return htmx.render(
        "billing/admin/efactura_correct.html",
        status=status,
        correction=correction,
        row=correction.row,
        form=form,
        labels=labels,
        token=form_tokens.new_form_token(),
        crumbs=(
            Crumb(correction.row.number_text, url_for("billing_admin.document", public_id=public_id)),
            Crumb(_("Correct and send again")),
        ),
    )
