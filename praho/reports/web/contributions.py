"""What the reports offer to the admin."""

from praho.core.contributions import Contributions, NavigationItem
from praho.core.i18n import lazy_gettext as _
from praho.reports.permissions import VIEW_REPORTS

CONTRIBUTIONS = Contributions(
    navigation=(
        NavigationItem(
            "admin", _("Reports"), "reports_admin.overview", "chart-bar", VIEW_REPORTS, 49, _("Money"), key="r"
        ),
    ),
)
