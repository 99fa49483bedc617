"""The customer's account: the balance, adding to it, the statement, and the receipts of payments."""

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import permissions
from praho.billing.payments.pdf import statement_content
from praho.billing.payments.services import balances, receiving, starting, statements, topping_up
from praho.billing.web import account_view, columns, downloads, periods, portal_paying
from praho.billing.web.forms import FundsForm
from praho.core import clock
from praho.core import money as core_money
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.integrations.services import choosing
from praho.models.billing.documents import FileKind
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("payments_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"payments_portal.account": 12}


@bp.get("/account", permission=permissions.VIEW_DOCUMENTS)
def account() -> Response:
    """Show the balance and the statement of some days."""
    since, until = account_view.days()
    wanted = account_view.currency()
    return htmx.render(
        "billing/portal/account.html",
        free=balances.of(_customer_id()),
        balances=statements.balances(_customer_id()),
        statement=statements.of(_customer_id(), wanted, since, until),
        arguments=account_view.as_arguments(wanted, since, until),
        periods=periods.offered(clock.today()),
        what=statement_content.what,
        may_add=topping_up.is_allowed() and current_principal().may(permissions.ADD_FUNDS),
        columns=columns.STATEMENT,
    )


@bp.get("/account/statement.csv", permission=permissions.VIEW_DOCUMENTS)
def csv() -> Response:
    """Hand out the statement as a table."""
    return account_view.csv(_customer_id())


@bp.get("/account/statement.pdf", permission=permissions.VIEW_DOCUMENTS)
def pdf() -> BaseResponse:
    """Hand out the statement as PDF."""
    return account_view.pdf(_customer_id(), url_for(".account"))


@bp.get("/account/add", permission=permissions.ADD_FUNDS)
def add() -> Response:
    """Ask how much is to be added to the balance."""
    return _add(FundsForm().offer(topping_up.offered()))


@bp.post("/account/add", permission=permissions.ADD_FUNDS)
def start_adding() -> BaseResponse:
    """Start the payment that adds funds, and lead to the page that leads to the provider."""
    form = FundsForm().offer(topping_up.offered())
    if not form.validate_on_submit():
        return _add(form, 422)
    try:
        amount = core_money.parse(form.amount.data, form.currency.data)
        started = starting.add_funds(_customer_id(), amount, portal_paying.chosen_account(), portal_paying.addresses())
    except core_money.InvalidAmount as error:
        form.amount.errors = [str(error)]
        return _add(form, 422)
    except Invalid as error:
        show_refusal(form, error)
        return _add(form, 422)
    return portal_paying.lead_on(started)


@bp.get("/receipts/<public_id>/pdf", permission=permissions.VIEW_DOCUMENTS)
def receipt(public_id: str) -> Response:
    """Hand out the receipt of a payment."""
    return downloads.answer(receiving.pdf(public_id), FileKind.PDF)


def _add(form: FundsForm, status: int = 200) -> Response:
    offered = topping_up.offered()
    return htmx.render(
        "billing/portal/add_funds.html",
        status=status,
        form=form,
        offered=offered,
        limits=[topping_up.limits(currency) for currency in offered],
        methods=choosing.choices(ProviderKind.PAYMENT) if topping_up.is_allowed() else (),
        crumbs=(Crumb(_("Balance and statement"), url_for("payments_portal.account")), Crumb(_("Add funds"))),
    )


def _customer_id() -> int:
    customer_id = current_principal().customer_id
    assert customer_id is not None
    return customer_id
