"""The settings domain: what staff decide without a deployment."""

from praho.core.contributions import Contributions, NavigationItem
from praho.core.domain import Domain
from praho.core.i18n import lazy_gettext as _
from praho.settings.permissions import VIEW_SETTINGS
from praho.settings.services import company, personal_data
from praho.settings.web import admin, recorded

DOMAIN = Domain(
    name="settings",
    blueprints=(admin.bp,),
    settings=company.FIELDS,
    personal_data=personal_data.RULES,
    contributions=Contributions(
        recorded=recorded.ACTIONS,
        navigation=(
            NavigationItem(
                "admin", _("Settings"), "settings_admin.overview", "settings", VIEW_SETTINGS, 91, _("Settings"), key="t"
            ),
        ),
    ),
)
