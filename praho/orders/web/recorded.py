"""How the audit record names what is done to orders."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("order.placed", _("Placed an order")),
    RecordedAction("order.paid", _("Took an order as paid")),
    RecordedAction("order.completed", _("Completed an order")),
    RecordedAction("order.cancelled", _("Cancelled an order")),
    RecordedAction("order.lapsed", _("Let an order lapse")),
    RecordedAction("order.item_retried", _("Tried an order's item again")),
    RecordedAction("order.item_given_up", _("Gave an order's item up")),
)
