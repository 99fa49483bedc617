"""Who may look at domains, and who decides about failed ones."""

from praho.core.permissions import ALL_MEMBERS, ALL_STAFF, Permission, StaffRole

VIEW_DOMAINS = Permission("domains.view", staff=ALL_STAFF, members=ALL_MEMBERS)
MANAGE_DOMAINS = Permission("domains.manage", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.SUPPORT}))
