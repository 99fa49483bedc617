"""Who may look at providers, and who may change them."""

from praho.core.permissions import Permission, StaffRole

VIEW_PROVIDERS = Permission(
    "integrations.provider.view",
    staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.AUDITOR}),
)
MANAGE_PROVIDERS = Permission("integrations.provider.manage")
"""The admin role alone: these settings decide where money and passwords go."""

TEST_PROVIDERS = Permission("integrations.provider.test", staff=frozenset({StaffRole.TECHNICIAN}))
VIEW_INBOX = Permission(
    "integrations.inbox.view", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING, StaffRole.AUDITOR})
)
REPROCESS_INBOX = Permission("integrations.inbox.reprocess", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING}))
