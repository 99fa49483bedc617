"""Orders in the admin: the list, one order, cancelling, and items that could not be delivered."""

from collections.abc import Callable

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing.permissions import VIEW_DOCUMENTS
from praho.core import clock
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.text import prefix_query
from praho.core.web import arguments, exports, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.customers.services import reading as customers
from praho.models.orders import OrderState
from praho.orders import permissions
from praho.orders.services import delivering, ending, reading
from praho.orders.web import labels, links
from praho.orders.web.forms import ReasonForm
from praho.ui import lists
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("orders_admin", __name__, Surface.ADMIN)
_HITS = 20
QUERY_BUDGETS = {"orders_admin.orders": 8, "orders_admin.failed": 8}


@bp.get("/orders", permission=permissions.VIEW_ORDERS)
def orders() -> Response:
    """List all orders."""
    state, search, sort = arguments.chosen("state", OrderState), arguments.text(), lists.by_age()
    page = reading.listed(state, search, arguments.cursor(), oldest=not sort.descending)
    return htmx.render(
        "orders/admin/orders.html",
        page=page,
        customers=reading.customers_of(page.items),
        failed=reading.failed_item_count(),
        state=state,
        search=search,
        sort=sort,
        labels=labels,
        total_of=reading.total_of,
        may_order=current_principal().may(permissions.MANAGE_ORDERS),
    )


@bp.get("/orders.csv", permission=permissions.VIEW_ORDERS)
def export() -> Response:
    """Hand out the list as a file, as it is filtered."""
    state, search = arguments.chosen("state", OrderState), arguments.text()
    pages = exports.pages(lambda cursor: reading.listed(state, search, cursor))
    header = (_("Order"), _("Customer"), _("Placed"), _("State"), _("Total"), _("Currency"))
    return exports.csv_file(
        "orders",
        header,
        (
            (
                row.number,
                names[row.customer_id],
                clock.local_date(row.created_at),
                row.state,
                reading.total_of(row).decimal,
                row.currency,
            )
            for rows in pages
            for names in [reading.customers_of(rows)]
            for row in rows
        ),
    )


@bp.get("/orders/new", permission=permissions.MANAGE_ORDERS)
def new_order() -> BaseResponse:
    """Choose whom to order for, by `customer` in the address or by searching."""
    chosen = arguments.text("customer")
    if chosen:
        return htmx.go_to(url_for("orders_ordering_admin.basket", customer_id=customers.overview(chosen).public_id))
    typed = arguments.text()
    query = prefix_query(typed)
    return htmx.render(
        "orders/admin/choose_customer.html",
        typed=typed,
        rows=[] if query is None else customers.found(query, _HITS),
        crumbs=(Crumb(_("Orders"), url_for(".orders")), Crumb(_("New order"))),
    )


@bp.get("/orders/failed", permission=permissions.VIEW_ORDERS)
def failed() -> Response:
    """List the items that were paid and could not be delivered."""
    page, order_rows, names = reading.failed_items(arguments.cursor())
    return htmx.render(
        "orders/admin/failed.html",
        page=page,
        orders=order_rows,
        customers=names,
        labels=labels,
        may_deliver=current_principal().may(permissions.DELIVER_ORDERS),
        crumbs=(Crumb(_("Orders"), url_for(".orders")), Crumb(_("Failed items"))),
    )


@bp.get("/orders/<public_id>", permission=permissions.VIEW_ORDERS)
def order(public_id: str) -> Response:
    """Show an order with what its items became."""
    return _page(public_id)


@bp.post("/orders/<public_id>/cancel", permission=permissions.MANAGE_ORDERS)
def cancel(public_id: str) -> BaseResponse:
    """Cancel an order that is not paid yet, with its proforma."""
    form = ReasonForm()
    if not form.validate():
        flash(_("Please give a reason."), "error")
        return htmx.go_to(url_for(".order", public_id=public_id))
    return _do(public_id, lambda: ending.cancel(public_id, form.reason.data.strip()), _("The order was cancelled."))


@bp.post("/orders/<public_id>/items/<item_id>/retry", permission=permissions.DELIVER_ORDERS)
def retry_item(public_id: str, item_id: str) -> BaseResponse:
    """Try a failed item again."""
    return _do(public_id, lambda: delivering.retry(item_id), _("It is being tried again."))


@bp.post("/orders/<public_id>/items/<item_id>/give-up", permission=permissions.MANAGE_ORDERS)
def give_up_item(public_id: str, item_id: str) -> BaseResponse:
    """Give a failed item up; the money for it is given back by hand."""
    form = ReasonForm()
    if not form.validate():
        flash(_("Please give a reason."), "error")
        return htmx.go_to(url_for(".order", public_id=public_id))
    return _do(
        public_id,
        lambda: delivering.give_up(item_id, form.reason.data.strip()),
        _("The item was given up. Give the money for it back."),
    )


def _do(public_id: str, command: Callable[[], None], message: str) -> BaseResponse:
    try:
        command()
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        flash(message, "success")
    return htmx.go_to(url_for(".order", public_id=public_id))


def _page(public_id: str) -> Response:
    view = reading.shown(public_id)
    principal = current_principal()
    return htmx.render(
        "orders/admin/order.html",
        view=view,
        item_money=reading.item_money,
        list_money=reading.list_money,
        later_of=labels.later_of,
        link_to=links.in_admin,
        labels=labels,
        may_cancel=view.row.state is OrderState.AWAITING_PAYMENT and principal.may(permissions.MANAGE_ORDERS),
        may_deliver=principal.may(permissions.DELIVER_ORDERS),
        may_give_up=principal.may(permissions.MANAGE_ORDERS),
        may_see_document=principal.may(VIEW_DOCUMENTS),
        crumbs=(Crumb(_("Orders"), url_for(".orders")), Crumb(view.row.number)),
    )
