"""Who may read the mails that were sent, and send failed ones again."""

from praho.core.permissions import Permission, StaffRole

VIEW_MESSAGES = Permission(
    "notifications.messages.view", staff=frozenset({StaffRole.SUPPORT, StaffRole.BILLING, StaffRole.TECHNICIAN})
)
RESEND_MESSAGES = Permission("notifications.messages.resend", staff=frozenset({StaffRole.SUPPORT, StaffRole.BILLING}))
