"""Who may see how the installation works, and who may interfere."""

from praho.core.permissions import Permission, StaffRole

VIEW_JOBS = Permission(
    "operations.jobs.view",
    staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.AUDITOR}),
)
RETRY_JOBS = Permission("operations.jobs.retry", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.BILLING}))

_WORKING_STAFF = frozenset(StaffRole) - {StaffRole.AUDITOR}
START_RUNS = Permission("operations.bulk.start", staff=_WORKING_STAFF)
"""Doing one thing to many rows; each action has its own permission besides."""
KEEP_FILTERS = Permission("operations.filters.keep", staff=_WORKING_STAFF)
