"""What the integrations offer to pages that cross domains."""

from collections.abc import Mapping

from praho.core.contributions import Contributions, DashboardCard, HealthCheck, NavigationItem, SubjectLink
from praho.core.i18n import lazy_gettext as _
from praho.integrations import permissions
from praho.integrations.services import browsing, housekeeping

_GROUP = _("Providers")


def _waiting() -> Mapping[str, object]:
    return {"failed_messages": browsing.failed_messages(), "unknown_operations": browsing.open_operations()}


CONTRIBUTIONS = Contributions(
    cards=(
        DashboardCard(
            "providers", "admin-numbers", permissions.VIEW_INBOX, "integrations/admin/_waiting.html", _waiting, order=60
        ),
    ),
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
