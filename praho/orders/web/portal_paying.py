"""The last step of the checkout: paying the order that was just placed, or one that waits for its money."""

from flask import url_for
from werkzeug.wrappers import Response

from praho.billing import permissions as billing_permissions
from praho.billing.documents.services import reading as documents
from praho.billing.payments.services import attempts, balances
from praho.core.principal import current_principal
from praho.core.web import form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.billing.documents import DocumentState
from praho.orders import permissions
from praho.orders.services import paying, reading
from praho.settings.services import company

bp = SurfaceBlueprint("orders_paying", __name__, Surface.PORTAL)


@bp.get("/orders/<public_id>/pay", permission=permissions.VIEW_ORDERS)
def pay(public_id: str) -> Response:
    """Show the ways to pay an order; one with nothing left to pay leads to its own page."""
    view = reading.shown(public_id)
    if view.proforma is None or view.proforma.state is not DocumentState.OPEN:
        return htmx.go_to(url_for("orders_portal.order", public_id=public_id))
    document = documents.shown(view.proforma.public_id)
    payable = current_principal().may(billing_permissions.PAY_DOCUMENTS)
    return htmx.render(
        "orders/portal/pay.html",
        view=view,
        document=document,
        attempt=attempts.latest(document.row.id),
        payable=payable,
        balance=balances.in_currency(document.row.customer_id, document.row.currency) if payable else None,
        token=form_tokens.new_form_token(),
        ways=paying.ways(document.row.currency),
        seller=company.seller(),
        step=3,
    )
