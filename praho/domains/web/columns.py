"""The columns of the tables of domains."""

from praho.core.i18n import lazy_gettext as _
from praho.ui.lists import Column

DOMAINS = (Column(_("Domain")), Column(_("Registered")), Column(_("Expires")), Column(_("State")))
DOMAINS_WITH_OWNER = (DOMAINS[0], Column(_("Customer")), *DOMAINS[1:])
