"""How the audit record names what is done to provider accounts and webhooks."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("integrations.account.open", _("Opened a provider account")),
    RecordedAction("integrations.account.change", _("Changed a provider account")),
    RecordedAction("integrations.account.switch", _("Switched a provider account on or off")),
    RecordedAction("integrations.account.test", _("Tested a provider account")),
    RecordedAction("integrations.inbox.reprocess", _("Worked on a webhook again")),
)
