"""What the integrations offer to pages that cross domains."""

from praho.core.contributions import Contributions, HealthCheck, NavigationItem, SubjectLink
from praho.core.i18n import lazy_gettext as _
from praho.integrations import permissions
from praho.integrations.services import housekeeping
from praho.integrations.web import desk, recorded

_GROUP = _("Providers")


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    attention=desk.ATTENTION,
    navigation=(
        NavigationItem(
            "admin", _("Accounts"), "providers_admin.accounts", "plug", permissions.VIEW_PROVIDERS, 70, _GROUP
        ),
        NavigationItem(
            "admin",
            _("Operations"),
            "provider_operations_admin.operations",
            "arrow-left-right",
            permissions.VIEW_PROVIDERS,
            71,
            _GROUP,
        ),
        NavigationItem("admin", _("Webhooks"), "inbox_admin.messages", "webhook", permissions.VIEW_INBOX, 72, _GROUP),
    ),
    subject_links=(
        SubjectLink("provider_account", "providers_admin.account"),
        SubjectLink("webhook", "inbox_admin.message"),
    ),
    health_checks=(HealthCheck("provider operations", housekeeping.undecided),),
)
