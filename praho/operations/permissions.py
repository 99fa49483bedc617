"""Who may see how the installation works, and who may interfere."""

from praho.core.permissions import Permission, StaffRole

VIEW_JOBS = Permission(
    "operations.jobs.view",
    staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.AUDITOR}),
)
RETRY_JOBS = Permission("operations.jobs.retry", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING}))
