"""Who may look at services, who sees their access data, and who decides about failed ones."""

from praho.core.permissions import ALL_MEMBERS, ALL_STAFF, MemberRole, Permission, StaffRole

VIEW_SERVICES = Permission("provisioning.view", staff=ALL_STAFF, members=ALL_MEMBERS)
REVEAL_CREDENTIALS = Permission(
    "provisioning.credentials.reveal", members=frozenset({MemberRole.OWNER, MemberRole.TECHNICAL})
)
MANAGE_SERVICES = Permission("provisioning.manage", staff=frozenset({StaffRole.TECHNICIAN, StaffRole.SUPPORT}))
