"""The columns of the integrations' tables."""

from praho.core.i18n import lazy_gettext as _
from praho.ui.lists import Align, Column

ACCOUNTS = (Column(_("Account")), Column(_("Plugin")), Column(_("Mode")), Column(_("Last test")), Column(_("State")))
CALLS = (Column(_("Call")), Column(_("When")), Column(_("Outcome")), Column(_("Duration"), align=Align.END))
OPERATIONS = (
    Column(_("Operation")),
    Column(_("For")),
    Column(_("Account")),
    Column(_("Since")),
    Column(_("State")),
)
MESSAGES = (Column(_("Event")), Column(_("Account")), Column(_("Received")), Column(_("State")))
