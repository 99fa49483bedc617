"""What services offer to the staff's desk."""

from praho.core.desk import Attention, BulkAction, BulkWork
from praho.core.i18n import lazy_gettext as _
from praho.provisioning import permissions
from praho.provisioning.services import creating, waiting


def _retry(work: BulkWork) -> None:
    creating.retry(work.subject_id)


ATTENTION = (
    Attention(
        "failed_services",
        _("Failed services"),
        "server-off",
        permissions.MANAGE_SERVICES,
        "provisioning_admin.services",
        waiting.failed,
        {"state": "failed"},
        urgent=True,
        order=35,
    ),
)
BULK = (
    BulkAction(
        "provisioning.retry",
        _("Ask the provider again"),
        "refresh-cw",
        permissions.MANAGE_SERVICES,
        "provisioning_admin.services",
        _retry,
        subject="service",
    ),
)
