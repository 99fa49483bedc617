"""Who may look after the staff's accounts."""

from praho.core.permissions import Permission, StaffRole

VIEW_STAFF = Permission("users.staff.view", staff=frozenset({StaffRole.AUDITOR}))
MANAGE_STAFF = Permission("users.staff.manage")
