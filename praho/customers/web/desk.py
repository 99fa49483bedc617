"""What customers offer to the staff's desk."""

from praho.core.desk import Attention, DeskAction, Trend
from praho.core.i18n import lazy_gettext as _
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import companies, erasure_requests
from praho.customers.types import REGISTERED

ATTENTION = (
    Attention(
        "erasures_due",
        _("Erasure requests to answer"),
        "user-x",
        VIEW_CUSTOMERS,
        "customers_erasures_admin.requests",
        erasure_requests.due_soon,
        urgent=True,
        order=20,
    ),
    Attention(
        "companies_in_trouble",
        _("Companies to look at"),
        "building-2",
        VIEW_CUSTOMERS,
        "customers_registers_admin.in_trouble",
        companies.trouble,
        order=80,
    ),
)
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
