"""Advances in the admin: which are open, asking for one, and taking one back at the delivery."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice

from praho.billing import permissions
from praho.billing.documents.services import advances as documents
from praho.billing.payments.services import advances
from praho.billing.web.forms import AdvanceForm, DeliveryForm
from praho.catalogue.services import currencies
from praho.core import clock, money
from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.services import reading as customers
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("billing_advances", __name__, Surface.ADMIN)


@bp.get("/advances", permission=permissions.VIEW_DOCUMENTS)
def open_advances() -> Response:
    """List the advances of which something is left."""
    return htmx.render(
        "billing/admin/advances.html",
        rows=documents.listed(),
        may_take_back=current_principal().may(permissions.CREDIT_INVOICES),
        crumbs=(Crumb(_("Documents"), url_for("billing_admin.documents")), Crumb(_("Advances"))),
    )


@bp.route("/customers/<customer_id>/advance", permission=permissions.CREDIT_INVOICES, methods=["GET", "POST"])
def ask(customer_id: str) -> BaseResponse:
    """Ask a customer for an advance on a coming delivery."""
    customer = customers.overview(customer_id)
    form, status = AdvanceForm(), 200
    form.currency.choices = [SelectChoice(currency) for currency in currencies.PRICED]
    if form.validate_on_submit():
        try:
            net = money.parse(form.amount.data, form.currency.data)
            asked = advances.ask(customer.id, form.description.data.strip(), net, form_token=form_tokens.submitted())
        except money.InvalidAmount as error:
            form.amount.errors = [str(error)]
        except PrahoError as refusal:
            show_refusal(form, refusal)
        else:
            flash(_("The proforma of the advance was issued. Its invoice follows when it is paid."), "success")
            return htmx.go_to(url_for("billing_admin.document", public_id=asked))
    status = 422 if form.errors or form.form_errors else status
    return htmx.render(
        "billing/admin/ask_advance.html",
        status=status,
        customer=customer,
        form=form,
        token=form_tokens.submitted() or form_tokens.new_form_token(),
        crumbs=(Crumb(_("Advances"), url_for(".open_advances")), Crumb(customer.name)),
    )


@bp.route("/documents/<public_id>/take-back", permission=permissions.CREDIT_INVOICES, methods=["GET", "POST"])
def take_back(public_id: str) -> BaseResponse:
    """Invoice a delivery and take its advance back."""
    advance = documents.of_document(public_id)
    form, status = DeliveryForm(delivered_on=clock.today()), 200
    if form.validate_on_submit():
        try:
            net, part = _amounts(form, advance.row.currency)
            delivery = documents.Delivery(form.description.data.strip(), net.minor, form.delivered_on.data)
            wanted = None if part is None else part.minor
            issued = advances.take_back(public_id, delivery, wanted, form_token=form_tokens.submitted())
        except money.InvalidAmount as error:
            form.amount.errors = [str(error)]
        except PrahoError as refusal:
            show_refusal(form, refusal)
        else:
            flash(_("The invoice of the delivery was issued."), "success")
            return htmx.go_to(url_for("billing_admin.document", public_id=issued))
    status = 422 if form.errors or form.form_errors else status
    return htmx.render(
        "billing/admin/take_back_advance.html",
        status=status,
        advance=advance,
        row=advance.row,
        form=form,
        token=form_tokens.submitted() or form_tokens.new_form_token(),
        crumbs=(
            Crumb(_("Advances"), url_for(".open_advances")),
            Crumb(advance.row.number_text, url_for("billing_admin.document", public_id=public_id)),
            Crumb(_("Delivery")),
        ),
    )


def _amounts(form: DeliveryForm, currency: str) -> tuple[Money, Money | None]:
    """Return the net of the delivery, and of the advance that is taken back; None for all that is left."""
    typed = (form.part.data or "").strip()
    return money.parse(form.amount.data, currency), money.parse(typed, currency) if typed else None
