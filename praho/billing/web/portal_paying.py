"""Paying what is due: which proformas, then how; two clicks from the dashboard to the provider's page."""

from collections.abc import Sequence

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing.documents.services import dues, reading
from praho.billing.payments.services import balances, starting
from praho.billing.payments.services.attempts import AttemptView
from praho.core import clock, formatting
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.addresses import absolute
from praho.integrations.services import choosing
from praho.models.billing.documents import Document
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

QUERY_BUDGETS = {"billing_portal.pay_due": 12}
_MOST = 50


def pay_due() -> Response:
    """Offer the open proformas, the soonest due first, and the ways to pay those that are chosen."""
    due = dues.due(_MOST)
    chosen = _chosen(due.rows)
    currencies = {row.currency for row in chosen}
    currency = currencies.pop() if len(currencies) == 1 else ""
    return htmx.render(
        "billing/portal/pay.html",
        "billing/portal/_pay_chosen.html",
        due=due,
        chosen=[row.public_id for row in chosen],
        numbers=", ".join(row.number_text for row in chosen),
        currency=currency,
        total=Money(sum(reading.left_of(row).minor for row in chosen), currency) if currency else None,
        balance=balances.in_currency(_customer_id(), currency) if currency else None,
        methods=choosing.choices(ProviderKind.PAYMENT) if due.number else (),
        seller=due.seller,
        left_of=reading.left_of,
        token=form_tokens.new_form_token(),
        today=clock.today(),
        crumbs=(Crumb(_("Documents"), url_for("billing_portal.documents")), Crumb(_("Pay"))),
    )


def pay_chosen() -> BaseResponse:
    """Start the payment of the proformas that were chosen, all of them in one."""
    return start(request.form.getlist("document")[:_MOST])


def start(proforma_ids: Sequence[str]) -> BaseResponse:
    """Start a payment through the account of the form, and lead to the page that leads to the provider."""
    if not proforma_ids:
        flash(_("Please choose what you want to pay."), "warning")
        return htmx.go_to(url_for("billing_portal.pay_due"))
    return lead_on(starting.start_together(proforma_ids, chosen_account(), addresses()))


def chosen_account() -> str:
    """Return the payment account whose button was pressed."""
    return request.form.get("account", "")


def lead_on(started: AttemptView) -> BaseResponse:
    """Lead to the page of a payment that leads to the provider."""
    return htmx.go_to(url_for("billing_portal.attempt", public_id=started.public_id, go=1))


def addresses() -> starting.Addresses:
    """Return where the provider sends the browser back to and reports to."""
    return starting.Addresses(
        return_url=lambda attempt_id: absolute("billing_portal.attempt", public_id=attempt_id, returned=1),
        webhook_url=lambda account_id: absolute("integrations_webhooks.payments", account_id=account_id),
    )


def pay_from_balance() -> BaseResponse:
    """Use the balance for the proformas that were chosen, as far as it goes."""
    wanted = request.form.getlist("document")[:_MOST]
    if not wanted:
        flash(_("Please choose what you want to pay."), "warning")
        return htmx.go_to(url_for("billing_portal.pay_due"))
    used = balances.pay(wanted, form_token=form_tokens.submitted())
    flash(_("%(amount)s was used from your balance.", amount=formatting.amount(used, current_locale())), "success")
    if len(wanted) == 1:
        return htmx.go_to(url_for("billing_portal.document", public_id=wanted[0]))
    return htmx.go_to(url_for("billing_portal.documents"))


def _chosen(rows: Sequence[Document]) -> list[Document]:
    """Return what the address asks for, else all that is due in the currency of the first."""
    wanted = set(request.args.getlist("document"))
    named = [row for row in rows if row.public_id in wanted]
    if named or "picked" in request.args:
        return named
    return [row for row in rows if row.currency == rows[0].currency]


def _customer_id() -> int:
    customer_id = current_principal().customer_id
    assert customer_id is not None
    return customer_id
