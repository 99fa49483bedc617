"""Payments in the admin, and the money that waits for a decision."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.payments.services import parking, receipts, settlement
from praho.billing.web import columns, labels
from praho.billing.web.forms import ResolutionForm
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, exports, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.billing.payments import ParkedState
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("payments_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"payments_admin.payments": 12, "payments_admin.parked": 12}


@bp.get("/payments", permission=permissions.VIEW_PAYMENTS)
def payments() -> Response:
    """List the payments received."""
    return htmx.render(
        "billing/admin/payments.html",
        page=receipts.listed(arguments.cursor()),
        columns=columns.PAYMENTS,
        labels=labels,
        may_record=current_principal().may(permissions.RECORD_PAYMENTS),
    )


@bp.get("/payments.csv", permission=permissions.VIEW_PAYMENTS)
def export() -> Response:
    """Hand out the payments as a file."""
    rows = exports.every(receipts.listed)
    header = (_("Received"), _("How"), _("Reference"), _("Documents"), _("Amount"), _("Currency"))
    return exports.csv_file(
        "payments",
        header,
        (
            (
                row.received_on,
                row.method,
                row.reference,
                " ".join(number for _id, number in row.documents),
                row.amount.decimal,
                row.amount.currency,
            )
            for row in rows
        ),
    )


@bp.get("/payments/parked", permission=permissions.VIEW_PAYMENTS)
def parked() -> Response:
    """List the money that matched nothing."""
    state = arguments.chosen("state", ParkedState) or ParkedState.OPEN
    return htmx.render(
        "billing/admin/parked.html",
        page=receipts.parked(state, arguments.cursor()),
        state=state,
        columns=columns.PARKED,
        labels=labels,
        money_of=receipts.parked_money,
    )


@bp.get("/payments/parked/<public_id>", permission=permissions.VIEW_PAYMENTS)
def parked_payment(public_id: str) -> Response:
    """Show what is known about parked money."""
    return _parked(public_id, ResolutionForm())


@bp.post("/payments/parked/<public_id>", permission=permissions.RECORD_PAYMENTS)
def resolve(public_id: str) -> BaseResponse:
    """Close it with what was done about it."""
    form = ResolutionForm()
    if not form.validate_on_submit():
        return _parked(public_id, form, 422)
    parking.resolve(public_id, form.resolution.data.strip())
    flash(_("The parked payment was closed."), "success")
    return htmx.go_to(url_for("payments_admin.parked"))


@bp.post("/payments/parked/<public_id>/balance", permission=permissions.RECORD_PAYMENTS)
def to_balance(public_id: str) -> BaseResponse:
    """Record parked money as the customer's: it becomes balance."""
    settlement.take_parked(public_id)
    flash(_("The money is on the customer's balance."), "success")
    return htmx.go_to(url_for("payments_admin.parked"))


def _parked(public_id: str, form: ResolutionForm, status: int = 200) -> Response:
    row = receipts.parked_one(public_id)
    return htmx.render(
        "billing/admin/parked_payment.html",
        status=status,
        row=row,
        amount=receipts.parked_money(row),
        form=form,
        may_resolve=current_principal().may(permissions.RECORD_PAYMENTS),
        labels=labels,
        crumbs=(
            Crumb(_("Payments"), url_for("payments_admin.payments")),
            Crumb(_("Parked"), url_for("payments_admin.parked")),
            Crumb(str(row.facts.get("reference") or row.facts.get("proforma") or row.public_id)),
        ),
    )
