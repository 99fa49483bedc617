"""The columns of the tables of services."""

from praho.core.i18n import lazy_gettext as _
from praho.ui.lists import Align, Column

SERVICES = (Column(_("Service")), Column(_("Paid until")), Column(_("State")), Column(_("Price"), align=Align.END))
SERVICES_WITH_OWNER = (SERVICES[0], Column(_("Customer")), *SERVICES[1:])
