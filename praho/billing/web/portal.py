"""The customer's documents, and paying them."""

from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.documents.services import browsing, dues, reading
from praho.billing.efactura.services import printing
from praho.billing.payments.services import attempts, balances, receipts, starting
from praho.billing.web import columns, downloads, labels, periods, portal_exports, portal_paying
from praho.core import clock
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.integrations.services import choosing
from praho.models.billing.documents import FileKind
from praho.models.billing.payments import AttemptState
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("billing_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"billing_portal.documents": 8, "billing_portal.document": 12}


@bp.get("/documents", permission=permissions.VIEW_DOCUMENTS)
def documents() -> Response:
    """List the customer's proformas and invoices."""
    wanted = portal_exports.wanted()
    page = reading.listed(wanted, arguments.cursor())
    return htmx.render(
        "billing/portal/documents.html",
        page=page,
        with_xml=browsing.with_xml(page.items),
        wanted=wanted,
        arguments=portal_exports.as_arguments(wanted),
        periods=periods.offered(clock.today()),
        labels=labels,
        columns=columns.DOCUMENTS_WITH_FILES,
        money_of=reading.money_of,
    )


@bp.get("/documents/<public_id>", permission=permissions.VIEW_DOCUMENTS)
def document(public_id: str) -> Response:
    """Show one document, with the ways to pay what is left of it."""
    view = reading.shown(public_id)
    payable = view.awaited is not None and current_principal().may(permissions.PAY_DOCUMENTS)
    return htmx.render(
        "billing/portal/document.html",
        view=view,
        attempt=None if view.awaited is None else attempts.latest(view.awaited.id),
        payments=receipts.of_document((view.asking or view.row).id, view.row.currency),
        methods=choosing.choices(ProviderKind.PAYMENT) if payable else (),
        payable=payable,
        balance=balances.in_currency(view.row.customer_id, view.row.currency) if payable else None,
        token=form_tokens.new_form_token(),
        crumbs=(Crumb(_("Documents"), url_for("billing_portal.documents")), Crumb(view.row.number_text)),
        line_columns=columns.LINES,
        line_money=reading.line_money,
        labels=labels,
    )


@bp.get("/documents/<public_id>/pdf", permission=permissions.VIEW_DOCUMENTS)
def pdf(public_id: str) -> Response:
    """Hand out the PDF."""
    return downloads.answer(printing.file(public_id, FileKind.PDF), FileKind.PDF)


@bp.get("/documents/<public_id>/xml", permission=permissions.VIEW_DOCUMENTS)
def xml(public_id: str) -> Response:
    """Hand out the e-Factura XML."""
    return downloads.answer(printing.file(public_id, FileKind.XML), FileKind.XML)


@bp.get("/documents/<public_id>/sealed", permission=permissions.VIEW_DOCUMENTS)
def sealed(public_id: str) -> Response:
    """Hand out ANAF's ZIP with the ministry's seal."""
    return downloads.answer(printing.file(public_id, FileKind.SEALED), FileKind.SEALED)


@bp.post("/documents/<public_id>/pay", permission=permissions.PAY_DOCUMENTS)
def pay(public_id: str) -> BaseResponse:
    """Start a payment, and lead to the page that leads to the provider."""
    return portal_paying.start([public_id])


@bp.get("/payments/<public_id>", permission=permissions.VIEW_DOCUMENTS)
def attempt(public_id: str) -> Response:
    """Show how a payment stands; the browser's return is no proof, so the provider is asked.

    On the way out the answer carries a Refresh to the provider's page: a redirect from the form itself would
    not pass the policy that keeps our forms on this site.
    """
    if request.args.get("returned"):
        starting.ask_now(public_id)
    view = attempts.shown(public_id)
    response = htmx.render("billing/portal/attempt.html", "billing/portal/_attempt.html", **_stand_of(view))
    if request.args.get("go") and view.way_on is not None:
        response.headers["Refresh"] = f"0; url={view.way_on}"
    return response


@bp.get("/payments/<public_id>/state", permission=permissions.VIEW_DOCUMENTS)
def attempt_state(public_id: str) -> str:
    """The part of that page which asks again until the payment is decided."""
    return render_template("billing/portal/_attempt.html", **_stand_of(attempts.shown(public_id)))


def _stand_of(view: attempts.AttemptPage) -> dict[str, Any]:
    """Return how a payment stands and, once it has succeeded, what there is to pay besides."""
    done = view.attempt.state is AttemptState.SUCCEEDED
    return {"view": view, "labels": labels, "rest": dues.due(1) if done else None, "money_of": reading.left_of}


bp.get("/pay", permission=permissions.PAY_DOCUMENTS)(portal_paying.pay_due)
bp.post("/pay", permission=permissions.PAY_DOCUMENTS)(portal_paying.pay_chosen)
bp.post("/pay/balance", permission=permissions.PAY_DOCUMENTS)(portal_paying.pay_from_balance)
bp.get("/documents/export.csv", permission=permissions.VIEW_DOCUMENTS)(portal_exports.csv)
bp.get("/documents/archive.zip", permission=permissions.VIEW_DOCUMENTS)(portal_exports.archive)
