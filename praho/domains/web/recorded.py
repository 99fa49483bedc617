"""How the audit record names what is done to domains."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("domain.register", _("Asked for a domain's registration")),
    RecordedAction("domain.registered", _("Registered a domain")),
    RecordedAction("domain.registration_failed", _("Failed to register a domain")),
    RecordedAction("domain.retry", _("Tried a domain's registration again")),
    RecordedAction("domain.cancel", _("Gave a domain's registration up")),
)
