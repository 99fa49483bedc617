"""What domains offer to the staff's desk."""

from praho.core.desk import Attention, BulkAction, BulkWork
from praho.core.i18n import lazy_gettext as _
from praho.domains import permissions
from praho.domains.services import registering, waiting


def _retry(work: BulkWork) -> None:
    registering.retry(work.subject_id)


ATTENTION = (
    Attention(
        "failed_domains",
        _("Failed registrations"),
        "globe",
        permissions.MANAGE_DOMAINS,
        "domains_admin.domains",
        waiting.failed,
        {"state": "failed"},
        urgent=True,
        order=40,
    ),
)
BULK = (
    BulkAction(
        "domains.retry",
        _("Ask the registry again"),
        "refresh-cw",
        permissions.MANAGE_DOMAINS,
        "domains_admin.domains",
        _retry,
        subject="domain",
    ),
)
