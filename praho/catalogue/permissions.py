"""Who may see what is sold before it is on sale, and who sets the prices."""

from praho.core.permissions import ALL_STAFF, Permission, StaffRole

VIEW_CATALOGUE = Permission("catalogue.view", staff=ALL_STAFF)
MANAGE_CATALOGUE = Permission("catalogue.manage", staff=frozenset({StaffRole.BILLING}))
