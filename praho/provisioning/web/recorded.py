"""How the audit record names what is done to services."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("service.create", _("Asked for a service's creation")),
    RecordedAction("service.activated", _("Set a service up")),
    RecordedAction("service.creation_failed", _("Failed to set a service up")),
    RecordedAction("service.retry", _("Tried a service's creation again")),
    RecordedAction("service.cancel", _("Gave a service up")),
    RecordedAction("service.credentials.reveal", _("Looked at a service's password")),
)
