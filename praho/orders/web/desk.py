"""What orders offer to the staff's desk."""

from praho.core.desk import Attention, BulkAction, BulkWork, DeskAction, Trend
from praho.core.i18n import lazy_gettext as _
from praho.orders import permissions
from praho.orders.services import ending, waiting
from praho.orders.types import PLACED


def _cancel(work: BulkWork) -> None:
    ending.cancel(work.subject_id, work.note)


ATTENTION = (
    Attention(
        "failed_items",
        _("Failed items"),
        "package-open",
        permissions.VIEW_ORDERS,
        "orders_admin.failed",
        waiting.failed_items,
        urgent=True,
        order=30,
    ),
    Attention(
        "orders_in_progress",
        _("Orders being delivered"),
        "truck",
        permissions.VIEW_ORDERS,
        "orders_admin.orders",
        waiting.in_progress,
        {"state": "in_progress"},
        order=80,
    ),
)
TRENDS = (
    Trend("orders", _("Orders"), "shopping-bag", permissions.VIEW_ORDERS, "orders_admin.orders", PLACED, order=30),
)
ACTIONS = (
    DeskAction(
        "new_order", _("New order"), "shopping-bag", permissions.MANAGE_ORDERS, "orders_admin.new_order", order=10
    ),
)
BULK = (
    BulkAction(
        "orders.cancel",
        _("Cancel unpaid orders"),
        "circle-x",
        permissions.MANAGE_ORDERS,
        "orders_admin.orders",
        _cancel,
        note=_("Reason"),
        subject="order",
    ),
)
