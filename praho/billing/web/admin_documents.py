"""Documents in the admin: the list, one document, recording a transfer, cancelling, invoicing what was kept back."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions, types
from praho.billing.documents.services import proformas, reading
from praho.billing.efactura.services import printing, standing
from praho.billing.payments.services import attempts, balances, missing_invoices, receipts, settlement, transfers
from praho.billing.tax.services import doubts
from praho.billing.web import columns, downloads, labels, tax_view
from praho.billing.web.forms import ReasonForm, TransferForm
from praho.core import clock
from praho.core import money as core_money
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, exports, form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.models.billing.documents import DocumentKind, DocumentState, FileKind
from praho.models.billing.payments import PaymentMethod
from praho.ui import lists
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("billing_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"billing_admin.documents": 12, "billing_admin.not_invoiced": 12, "billing_admin.tax_doubts": 12}


@bp.get("/documents", permission=permissions.VIEW_DOCUMENTS)
def documents() -> Response:
    """List all proformas and invoices."""
    wanted, sort = _wanted(), lists.by_age()
    return htmx.render(
        "billing/admin/documents.html",
        page=reading.listed(wanted, arguments.cursor(), oldest=not sort.descending),
        wanted=wanted,
        sort=sort,
        labels=labels,
        columns=columns.DOCUMENTS_WITH_BUYER,
        money_of=reading.money_of,
    )


@bp.get("/documents.csv", permission=permissions.VIEW_DOCUMENTS)
def export() -> Response:
    """Hand out the list as a file, as it is filtered."""
    wanted, oldest = _wanted(), not lists.by_age().descending
    rows = exports.every(lambda cursor: reading.listed(wanted, cursor, oldest=oldest))
    header = (_("Number"), _("Kind"), _("State"), _("Buyer"), _("Issued"), _("Due"), _("Net"), _("VAT"), _("Total"))
    return exports.csv_file(
        "documents",
        (*header, _("Currency")),
        (
            (
                row.number_text,
                row.kind,
                row.state,
                row.shown_name,
                row.issue_date,
                row.due_date,
                *(
                    core_money.Money(minor, row.currency).decimal
                    for minor in (row.net_minor, row.vat_minor, row.total_minor)
                ),
                row.currency,
            )
            for row in rows
        ),
    )


@bp.get("/documents/not-invoiced", permission=permissions.VIEW_DOCUMENTS)
def not_invoiced() -> Response:
    """List the proformas that are paid and could not be invoiced, with the reason."""
    return htmx.render(
        "billing/admin/not_invoiced.html",
        page=reading.not_invoiced(arguments.cursor()),
        crumbs=(Crumb(_("Documents"), url_for("billing_admin.documents")), Crumb(_("Paid, not invoiced"))),
        may_record=current_principal().may(permissions.RECORD_PAYMENTS),
        labels=labels,
        money_of=reading.money_of,
    )


@bp.get("/documents/tax-doubts", permission=permissions.VIEW_DOCUMENTS)
def tax_doubts() -> Response:
    """List the documents whose buyer may be elsewhere than the VAT says."""
    page = doubts.listed(arguments.cursor())
    return htmx.render(
        "billing/admin/tax_doubts.html",
        page=page,
        documents=reading.by_id([record.document_id for record in page.items]),
        sentence=doubts.sentence,
        may_settle=current_principal().may(permissions.RECORD_PAYMENTS),
        crumbs=(Crumb(_("Documents"), url_for("billing_admin.documents")), Crumb(_("VAT to look at"))),
    )


@bp.post("/documents/<public_id>/tax-doubt", permission=permissions.RECORD_PAYMENTS)
def settle_tax_doubt(public_id: str) -> BaseResponse:
    """Note what was found out about a doubtful VAT."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Please say what you found out."), "error")
    else:
        doubts.settle(public_id, form.reason.data.strip())
        flash(_("It was noted."), "success")
    return htmx.go_to(url_for("billing_admin.tax_doubts"))


@bp.get("/documents/<public_id>", permission=permissions.VIEW_DOCUMENTS)
def document(public_id: str) -> Response:
    """Show one document with its payments and attempts."""
    return _document(public_id, TransferForm(received_on=clock.today()), ReasonForm())


@bp.get("/documents/<public_id>/pdf", permission=permissions.VIEW_DOCUMENTS)
def pdf(public_id: str) -> Response:
    """Hand out the PDF, as it is or as it was in an earlier revision."""
    return downloads.answer(printing.file(public_id, FileKind.PDF, downloads.revision()), FileKind.PDF)


@bp.get("/documents/<public_id>/xml", permission=permissions.VIEW_DOCUMENTS)
def xml(public_id: str) -> Response:
    """Hand out the e-Factura XML, as it is or as it was in an earlier revision."""
    return downloads.answer(printing.file(public_id, FileKind.XML, downloads.revision()), FileKind.XML)


@bp.post("/documents/<public_id>/transfer", permission=permissions.RECORD_PAYMENTS)
def record_transfer(public_id: str) -> BaseResponse:
    """Record money that arrived for a proforma or for an invoice."""
    form, no_reason = TransferForm(), ReasonForm(formdata=None)
    if not form.validate_on_submit():
        return _document(public_id, form, no_reason, 422)
    currency = reading.shown(public_id).row.currency
    try:
        transfer = transfers.Transfer(
            amount_minor=core_money.parse(form.amount.data, currency).minor,
            currency=currency,
            received_on=form.received_on.data,
            reference=form.reference.data.strip(),
            method=PaymentMethod(form.method.data),
        )
        settled = transfers.record(public_id, transfer, form_token=form_tokens.submitted())
    except core_money.InvalidAmount as error:
        form.amount.errors = [str(error)]
        return _document(public_id, form, no_reason, 422)
    except Invalid as error:
        show_refusal(form, error)
        return _document(public_id, form, no_reason, 422)
    _tell(settled)
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.post("/documents/<public_id>/cancel", permission=permissions.CANCEL_DOCUMENTS)
def cancel(public_id: str) -> BaseResponse:
    """Cancel an open proforma that no order stands behind."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _document(public_id, TransferForm(formdata=None, received_on=clock.today()), form, 422)
    proformas.cancel(public_id, form.reason.data.strip())
    flash(_("The proforma was cancelled."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=public_id))


@bp.post("/documents/<public_id>/invoice", permission=permissions.RECORD_PAYMENTS)
def invoice(public_id: str) -> BaseResponse:
    """Invoice a paid proforma that could not be invoiced before."""
    invoice_id = missing_invoices.issue(public_id)
    flash(_("The invoice was issued."), "success")
    return htmx.go_to(url_for("billing_admin.document", public_id=invoice_id))


def _wanted() -> types.DocumentFilter:
    return types.DocumentFilter(
        arguments.chosen("kind", DocumentKind),
        arguments.chosen("state", DocumentState),
        arguments.text(),
        overdue=arguments.text("due") == "past",
    )


def _document(public_id: str, form: TransferForm, reason_form: ReasonForm, status: int = 200) -> Response:
    view = reading.shown(public_id)
    may = current_principal().may
    is_proforma = view.row.kind is DocumentKind.PROFORMA
    return htmx.render(
        "billing/admin/document.html",
        status=status,
        view=view,
        tax=tax_view.of(view.content.tax),
        form=form,
        reason_form=reason_form,
        may_record=may(permissions.RECORD_PAYMENTS),
        may_cancel=may(permissions.CANCEL_DOCUMENTS),
        may_credit=may(permissions.CREDIT_INVOICES),
        may_send=may(permissions.SEND_EFACTURA),
        efactura=standing.of_document(view.row),
        token=form_tokens.new_form_token(),
        may_write_off=may(permissions.WRITE_OFF),
        may_use_balance=may(permissions.USE_BALANCE),
        written_off_form=ReasonForm(formdata=None),
        balance=balances.in_currency(view.row.customer_id, view.row.currency),
        balance_token=form_tokens.new_form_token(),
        payments=receipts.of_document((view.asking or view.row).id, view.row.currency),
        attempts=attempts.all_of(view.row.id) if is_proforma else (),
        crumbs=(Crumb(_("Documents"), url_for("billing_admin.documents")), Crumb(view.row.number_text)),
        labels=labels,
        line_columns=columns.LINES,
        line_money=reading.line_money,
        money_of=reading.money_of,
    )


def _tell(settled: settlement.Settlement) -> None:
    if settled.outcome is settlement.Outcome.PARKED:
        flash(_("The money does not fit this proforma. It was parked for a decision."), "warning")
    else:
        flash(_("The payment was recorded."), "success")
