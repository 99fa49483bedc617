"""What the integrations offer to the staff's desk."""

from praho.core.desk import Attention
from praho.core.i18n import lazy_gettext as _
from praho.integrations import permissions
from praho.integrations.services import waiting

ATTENTION = (
    Attention(
        "unknown_operations",
        _("Operations of unknown outcome"),
        "circle-help",
        permissions.VIEW_PROVIDERS,
        "provider_operations_admin.operations",
        waiting.unknown_operations,
        {"state": "unknown"},
        order=50,
    ),
    Attention(
        "failed_webhooks",
        _("Webhooks that failed"),
        "webhook",
        permissions.VIEW_INBOX,
        "inbox_admin.messages",
        waiting.failed_messages,
        {"state": "failed"},
        urgent=True,
        order=60,
    ),
)
