"""Crediting an invoice in the admin: wholly, by line or in part; or correcting it for the buyer as known today."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import errors, permissions
from praho.billing.documents import credit
from praho.billing.documents.services import crediting as documents
from praho.billing.payments.services import crediting
from praho.billing.web.forms import CreditForm, ReasonForm
from praho.core import money
from praho.core.i18n import gettext as _
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("billing_credits", __name__, Surface.ADMIN)


@bp.get("/documents/<public_id>/credit", permission=permissions.CREDIT_INVOICES)
def choose(public_id: str) -> Response:
    """Show what is left of an invoice and ask what of it is to be credited."""
    return _page(documents.creditable(public_id), CreditForm(), {})


@bp.post("/documents/<public_id>/credit", permission=permissions.CREDIT_INVOICES)
def issue(public_id: str) -> BaseResponse:
    """Issue the credit note."""
    form = CreditForm()
    invoice = documents.creditable(public_id)
    if not form.validate_on_submit():
        return _page(invoice, form, {}, 422)
    parts = None
    if form.extent.data == CreditForm.SOME:
        parts, mistakes = _parts(invoice)
        if mistakes:
            return _page(invoice, form, mistakes, 422)
    try:
        issued = crediting.issue(public_id, parts, form.reason.data.strip(), form_token=form_tokens.submitted())
    except (errors.CreditRefused, errors.InvoicingRefused) as refusal:
        form.extent.errors = [str(refusal)]
        return _page(documents.creditable(public_id), form, {}, 422)
    flash(_("The credit note was issued."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=issued))


@bp.post("/documents/<public_id>/correct", permission=permissions.CREDIT_INVOICES)
def correct(public_id: str) -> BaseResponse:
    """Take the invoice back and issue it again to the buyer as known today."""
    form = ReasonForm(prefix="correct")
    if not form.validate_on_submit():
        return _page(documents.creditable(public_id), CreditForm(formdata=None), {}, 422, form)
    issued = crediting.correct(public_id, form.reason.data.strip(), form_token=form_tokens.submitted())
    flash(_("The invoice was credited and issued again with the buyer's present data."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=issued))


def _parts(invoice: documents.Creditable) -> tuple[list[credit.Part], dict[int, str]]:
    """Return the lines that were chosen with their amounts, and the mistakes in these by the line's position."""
    parts: list[credit.Part] = []
    mistakes: dict[int, str] = {}
    for entry in invoice.lines:
        position = entry.line.position
        amount = request.form.get(f"amount-{position}", "").strip()
        if f"line-{position}" not in request.form:
            continue
        try:
            gross = money.parse(amount, invoice.row.currency).minor if amount else None
        except money.InvalidAmount as error:
            mistakes[position] = str(error)
        else:
            parts.append(credit.Part(position, gross))
    return parts, mistakes


def _page(
    invoice: documents.Creditable,
    form: CreditForm,
    mistakes: dict[int, str],
    status: int = 200,
    correction: ReasonForm | None = None,
) -> Response:
    row = invoice.row
    return htmx.render(
        "billing/admin/credit.html",
        status=status,
        invoice=invoice,
        row=row,
        form=form,
        correction=correction or ReasonForm(formdata=None, prefix="correct"),
        mistakes=mistakes,
        token=form_tokens.new_form_token(),
        money_of=lambda minor: money.Money(minor, row.currency),
        crumbs=(
            Crumb(row.number_text, url_for("billing_admin.document", public_id=row.public_id)),
            Crumb(_("Credit note")),
        ),
    )
