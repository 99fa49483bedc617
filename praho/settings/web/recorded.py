"""How the audit record names what is done to the settings."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (RecordedAction("settings.changed", _("Changed a setting")),)
