"""The audit domain: the record of who did what."""

from praho.audit.permissions import VIEW_AUDIT
from praho.audit.web import admin
from praho.core.contributions import Contributions, NavigationItem
from praho.core.domain import Domain
from praho.core.i18n import lazy_gettext as _

DOMAIN = Domain(
    name="audit",
    blueprints=(admin.bp,),
    contributions=Contributions(
        navigation=(
            NavigationItem("admin", _("Audit"), "audit_admin.events", "history", VIEW_AUDIT, 97, _("Settings")),
        ),
    ),
)
