"""What mails offer to the staff's desk."""

from praho.core.desk import Attention, BulkAction, BulkWork
from praho.core.i18n import lazy_gettext as _
from praho.notifications import permissions
from praho.notifications.services import delivering, waiting


def _resend(work: BulkWork) -> None:
    delivering.resend(work.subject_id)


ATTENTION = (
    Attention(
        "refused_mails",
        _("Refused mails"),
        "mailbox",
        permissions.VIEW_MESSAGES,
        "messages_admin.messages",
        waiting.refused,
        {"state": "failed"},
        order=70,
    ),
)
BULK = (
    BulkAction(
        "notifications.resend",
        _("Send again"),
        "send",
        permissions.RESEND_MESSAGES,
        "messages_admin.messages",
        _resend,
    ),
)
