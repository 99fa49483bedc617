"""Paying what is due: which proforma, then how; two clicks from the dashboard to the provider's page."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing.documents.services import dues, reading
from praho.billing.payments.services import starting
from praho.core import clock
from praho.core.i18n import gettext as _
from praho.core.web import arguments, htmx
from praho.core.web.addresses import absolute
from praho.integrations.services import choosing
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

QUERY_BUDGETS = {"billing_portal.pay_due": 12}
_MOST = 50


def pay_due() -> Response:
    """Offer the open proformas, the soonest due first, and the ways to pay them."""
    due = dues.due(_MOST)
    wanted = arguments.text("document")
    numbers = [row.public_id for row in due.rows]
    return htmx.render(
        "billing/portal/pay.html",
        due=due,
        chosen=wanted if wanted in numbers else next(iter(numbers), None),
        methods=choosing.choices(ProviderKind.PAYMENT) if due.number else (),
        seller=due.seller,
        money_of=reading.money_of,
        today=clock.today(),
        crumbs=(Crumb(_("Documents"), url_for("billing_portal.documents")), Crumb(_("Pay"))),
    )


def pay_chosen() -> BaseResponse:
    """Start the payment of the proforma that was chosen."""
    return start(request.form.get("document", ""))


def start(proforma_id: str) -> BaseResponse:
    """Start a payment through the account of the form, and lead to the page that leads to the provider."""
    addresses = starting.Addresses(
        return_url=lambda attempt_id: absolute("billing_portal.attempt", public_id=attempt_id, returned=1),
        webhook_url=lambda account_id: absolute("integrations_webhooks.payments", account_id=account_id),
    )
    started = starting.start(proforma_id, request.form.get("account", ""), addresses)
    return htmx.go_to(url_for("billing_portal.attempt", public_id=started.public_id, go=1))
