"""The customer's orders."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.orders import OrderState
from praho.orders import permissions
from praho.orders.errors import NotCancellable
from praho.orders.services import ending, reading
from praho.orders.web import labels, links
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("orders_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"orders_portal.orders": 9}


@bp.get("/orders", permission=permissions.VIEW_ORDERS)
def orders() -> Response:
    """List the customer's orders."""
    state, search = arguments.chosen("state", OrderState), arguments.text()
    return htmx.render(
        "orders/portal/orders.html",
        page=reading.listed(state, search, arguments.cursor()),
        state=state,
        search=search,
        labels=labels,
        total_of=reading.total_of,
    )


@bp.get("/orders/<public_id>", permission=permissions.VIEW_ORDERS)
def order(public_id: str) -> Response:
    """Show an order and how far it is."""
    view = reading.shown(public_id)
    unpaid = view.row.state is OrderState.AWAITING_PAYMENT
    return htmx.render(
        "orders/portal/order.html",
        view=view,
        item_money=reading.item_money,
        list_money=reading.list_money,
        later_of=labels.later_of,
        link_to=links.in_portal,
        labels=labels,
        may_cancel=unpaid and current_principal().may(permissions.CANCEL_OWN_ORDERS),
        crumbs=(Crumb(_("Orders"), url_for(".orders")), Crumb(view.row.number)),
    )


@bp.get("/orders/<public_id>/progress", permission=permissions.VIEW_ORDERS)
def progress(public_id: str) -> Response:
    """The part of that page which asks again while the order is being delivered."""
    return htmx.render(
        "orders/portal/_progress.html",
        view=reading.shown(public_id),
        item_money=reading.item_money,
        list_money=reading.list_money,
        later_of=labels.later_of,
        link_to=links.in_portal,
        labels=labels,
    )


@bp.post("/orders/<public_id>/cancel", permission=permissions.CANCEL_OWN_ORDERS)
def cancel(public_id: str) -> BaseResponse:
    """Cancel an order that is not paid yet."""
    try:
        ending.cancel(public_id, "by the customer")
    except NotCancellable as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The order was cancelled, and there is nothing to pay."), "success")
    return htmx.go_to(url_for(".order", public_id=public_id))
