"""The words for roles and themes."""

from praho.core.i18n import lazy_gettext as _
from praho.core.permissions import StaffRole
from praho.models.users import Theme

STAFF_ROLES = {
    StaffRole.ADMIN: _("Administrator"),
    StaffRole.BILLING: _("Billing"),
    StaffRole.SUPPORT: _("Support"),
    StaffRole.TECHNICIAN: _("Technician"),
    StaffRole.AUDITOR: _("Auditor"),
}
STAFF_ROLE_NOTES = {
    StaffRole.ADMIN: _("Everything, the staff and the settings included."),
    StaffRole.BILLING: _("Documents, payments and what customers owe."),
    StaffRole.SUPPORT: _("Customers, their orders and their questions."),
    StaffRole.TECHNICIAN: _("Services, domains, providers and jobs."),
    StaffRole.AUDITOR: _("Reads the records, changes nothing."),
}
THEMES = {
    Theme.SYSTEM: _("As the device"),
    Theme.LIGHT: _("Light"),
    Theme.DARK: _("Dark"),
}
