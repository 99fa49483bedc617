"""Who may read the record."""

from praho.core.permissions import Permission, StaffRole

VIEW_AUDIT = Permission("audit.view", staff=frozenset({StaffRole.AUDITOR}))
