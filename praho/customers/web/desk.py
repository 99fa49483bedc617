"""What customers offer to the staff's desk."""

from praho.core.desk import DeskAction, Trend
from praho.core.i18n import lazy_gettext as _
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.types import REGISTERED

TRENDS = (
    Trend(
        "customers",
        _("New customers"),
        "user-plus",
        VIEW_CUSTOMERS,
        "customers_admin.customers",
        REGISTERED,
        order=40,
    ),
)
ACTIONS = (
    DeskAction("new_customer", _("New customer"), "user-plus", MANAGE_CUSTOMERS, "customers_admin.create", order=20),
)
