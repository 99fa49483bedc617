"""What else settles a proforma in the admin: the balance and a write-off; and the receipts of payments."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.payments.services import balances, receiving, write_offs
from praho.billing.web import downloads
from praho.billing.web.forms import ReasonForm
from praho.core import formatting
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.billing.documents import FileKind

bp = SurfaceBlueprint("settling_admin", __name__, Surface.ADMIN)


@bp.post("/documents/<public_id>/balance", permission=permissions.USE_BALANCE)
def use_balance(public_id: str) -> BaseResponse:
    """Pay a proforma from the customer's balance, as far as it goes."""
    used = balances.pay([public_id], form_token=form_tokens.submitted())
    flash(_("%(amount)s was used from the balance.", amount=formatting.amount(used, current_locale())), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.post("/documents/<public_id>/write-off", permission=permissions.WRITE_OFF)
def write_off(public_id: str) -> BaseResponse:
    """Renounce what is left of a proforma, as the form showed it."""
    form = ReasonForm()
    left = request.form.get("left", "")
    if not form.validate_on_submit() or not left.isdecimal():
        flash(_("Please give a reason."), "error")
    else:
        write_offs.write_off(public_id, int(left), form.reason.data.strip(), form_token=form_tokens.submitted())
        flash(_("The rest was written off."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.post("/write-offs/<public_id>/undo", permission=permissions.WRITE_OFF)
def undo_write_off(public_id: str) -> BaseResponse:
    """Ask for what was written off after all."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Please give a reason."), "error")
    else:
        write_offs.undo(public_id, form.reason.data.strip(), form_token=form_tokens.submitted())
        flash(_("The write-off was undone: the rest is to be paid again."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=write_offs.proforma_of(public_id)))


@bp.post("/payments/<public_id>/receipt", permission=permissions.RECORD_PAYMENTS)
def issue_receipt(public_id: str) -> BaseResponse:
    """Issue the receipt of a payment."""
    receiving.issue(public_id)
    flash(_("The receipt was issued."), "success")
    return htmx.go_to(url_for("payments_admin.payments"))


@bp.get("/receipts/<public_id>/pdf", permission=permissions.VIEW_PAYMENTS)
def receipt(public_id: str) -> Response:
    """Hand out the receipt of a payment."""
    return downloads.answer(receiving.pdf(public_id), FileKind.PDF)
