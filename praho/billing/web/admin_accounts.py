"""A customer's account in the admin: balance and statement, a transfer for several proformas, money sent back."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.documents.services import asking, dues, reading
from praho.billing.payments.pdf import statement_content
from praho.billing.payments.services import balances, ledger_check, settlement, statements, transfers
from praho.billing.web import account_view, columns, labels, periods
from praho.billing.web.forms import RefundForm, SpreadForm
from praho.core import clock
from praho.core import money as core_money
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.services import reading as customers
from praho.customers.types import CustomerOverview
from praho.models.billing.payments import PaymentMethod
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("accounts_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"accounts_admin.account": 12, "accounts_admin.disagreements": 12}
_MOST = 100


@bp.get("/customers/<public_id>/account", permission=permissions.VIEW_PAYMENTS)
def account(public_id: str) -> Response:
    """Show what a customer owes or has paid ahead, with the statement of some days."""
    return _account(customers.overview(public_id), RefundForm(received_on=clock.today()))


@bp.get("/customers/<public_id>/account/statement.csv", permission=permissions.VIEW_PAYMENTS)
def csv(public_id: str) -> Response:
    """Hand out the statement as a table."""
    return account_view.csv(customers.overview(public_id).id)


@bp.get("/customers/<public_id>/account/statement.pdf", permission=permissions.VIEW_PAYMENTS)
def pdf(public_id: str) -> BaseResponse:
    """Hand out the statement as PDF."""
    return account_view.pdf(customers.overview(public_id).id, url_for(".account", public_id=public_id))


@bp.post("/customers/<public_id>/account/refund", permission=permissions.REFUND_BALANCE)
def refund(public_id: str) -> BaseResponse:
    """Record that a part of the balance was sent back."""
    form, customer, currency = RefundForm(), customers.overview(public_id), account_view.currency()
    if not form.validate_on_submit():
        return _account(customer, form, 422)
    try:
        balances.refund(
            customer.id,
            core_money.parse(form.amount.data, currency),
            form.received_on.data,
            form.reference.data.strip(),
            form_token=form_tokens.submitted(),
        )
    except core_money.InvalidAmount as error:
        form.amount.errors = [str(error)]
        return _account(customer, form, 422)
    except Invalid as error:
        show_refusal(form, error)
        return _account(customer, form, 422)
    flash(_("What was sent back was recorded."), "success")
    return htmx.go_to(url_for("accounts_admin.account", public_id=public_id, currency=currency))


@bp.get("/customers/<public_id>/transfer", permission=permissions.RECORD_PAYMENTS)
def transfer(public_id: str) -> Response:
    """Ask for a transfer and for what of it is for which proforma."""
    return _transfer(customers.overview(public_id), SpreadForm(received_on=clock.today()), {})


@bp.post("/customers/<public_id>/transfer", permission=permissions.RECORD_PAYMENTS)
def record(public_id: str) -> BaseResponse:
    """Record a transfer, spread over proformas; the rest is balance."""
    form, customer = SpreadForm(), customers.overview(public_id)
    if not form.validate_on_submit():
        return _transfer(customer, form, {}, 422)
    currency = form.currency.data
    shares, mistakes = _shares(currency)
    if mistakes:
        return _transfer(customer, form, mistakes, 422)
    try:
        settled = transfers.spread(
            customer.id,
            transfers.Transfer(
                amount_minor=core_money.parse(form.amount.data, currency).minor,
                currency=currency,
                received_on=form.received_on.data,
                reference=form.reference.data.strip(),
                method=PaymentMethod(form.method.data),
            ),
            shares,
            form_token=form_tokens.submitted(),
        )
    except core_money.InvalidAmount as error:
        form.amount.errors = [str(error)]
        return _transfer(customer, form, {}, 422)
    except Invalid as error:
        show_refusal(form, error)
        return _transfer(customer, form, {}, 422)
    tell(settled)
    return htmx.go_to(url_for("accounts_admin.account", public_id=public_id, currency=currency))


@bp.get("/ledger/disagreements", permission=permissions.VIEW_PAYMENTS)
def disagreements() -> Response:
    """List what the last nightly check found not to agree."""
    return htmx.render(
        "billing/admin/disagreements.html",
        findings=ledger_check.findings(),
        labels=labels,
        columns=columns.LEDGER_FINDINGS,
        crumbs=(Crumb(_("Payments"), url_for("payments_admin.payments")), Crumb(_("Accounts that do not agree"))),
    )


def tell(settled: settlement.Settlement) -> None:
    """Say what became of recorded money."""
    if settled.outcome is settlement.Outcome.PARKED:
        flash(_("The money does not fit this proforma. It was parked for a decision."), "warning")
    else:
        flash(_("The payment was recorded."), "success")


def _shares(currency: str) -> tuple[list[settlement.Share], dict[str, str]]:
    """Return what was typed for each proforma, and the mistakes in it by the proforma's id."""
    shares: list[settlement.Share] = []
    mistakes: dict[str, str] = {}
    for name, typed in request.form.items():
        if not name.startswith("share-") or not typed.strip():
            continue
        proforma_id = name.removeprefix("share-")
        try:
            minor = core_money.parse(typed, currency).minor
        except core_money.InvalidAmount as error:
            mistakes[proforma_id] = str(error)
        else:
            if minor != 0:
                shares.append(settlement.Share(proforma_id, minor))
    return shares[:_MOST], mistakes


def _transfer(customer: CustomerOverview, form: SpreadForm, mistakes: dict[str, str], status: int = 200) -> Response:
    proformas = dues.of_customer(customer.id, _MOST)
    return htmx.render(
        "billing/admin/transfer.html",
        status=status,
        customer=customer,
        form=form,
        mistakes=mistakes,
        typed=request.form,
        proformas=proformas,
        invoices=asking.invoices(proformas),
        left_of=reading.left_of,
        token=form_tokens.new_form_token(),
        crumbs=_crumbs(customer, _("Record a transfer")),
    )


def _account(customer: CustomerOverview, form: RefundForm, status: int = 200) -> Response:
    since, until = account_view.days()
    currency = account_view.currency()
    free = balances.of(customer.id)
    may = current_principal().may
    return htmx.render(
        "billing/admin/account.html",
        "billing/admin/_account_facts.html" if status == 200 else None,
        status=status,
        customer=customer,
        free=free,
        free_here=next((money for money in free if money.currency == currency), Money(0, currency)),
        balances=statements.balances(customer.id),
        statement=statements.of(customer.id, currency, since, until),
        arguments=account_view.as_arguments(currency, since, until),
        periods=periods.offered(clock.today()),
        what=statement_content.what,
        form=form,
        token=form_tokens.new_form_token(),
        may_record=may(permissions.RECORD_PAYMENTS),
        may_refund=may(permissions.REFUND_BALANCE),
        columns=columns.STATEMENT,
        crumbs=_crumbs(customer, _("Account")),
    )


def _crumbs(customer: CustomerOverview, here: str) -> tuple[Crumb, ...]:
    return (Crumb(customer.name, url_for("admin.customer", public_id=customer.public_id)), Crumb(here))
