"""What staff may do about customers, and members about their own."""

from praho.core.permissions import ALL_MEMBERS, ALL_STAFF, MemberRole, Permission, StaffRole

VIEW_CUSTOMERS = Permission("customers.view", staff=ALL_STAFF)
MANAGE_CUSTOMERS = Permission("customers.manage", staff=frozenset({StaffRole.BILLING, StaffRole.SUPPORT}))
WRITE_NOTES = Permission(
    "customers.notes.write", staff=frozenset({StaffRole.BILLING, StaffRole.SUPPORT, StaffRole.TECHNICIAN})
)
MANAGE_DISCOUNTS = Permission("customers.discounts.manage", staff=frozenset({StaffRole.BILLING}))

VIEW_PROFILE = Permission("customers.profile.view", members=ALL_MEMBERS)
CHANGE_PROFILE = Permission("customers.profile.change", members=frozenset({MemberRole.OWNER, MemberRole.BILLING}))
VIEW_MEMBERS = Permission("customers.members.view", members=ALL_MEMBERS)
MANAGE_MEMBERS = Permission("customers.members.manage", members=frozenset({MemberRole.OWNER}))
"""Inviting, changing roles and removing; leaving is everybody's own business."""

ERASE_CUSTOMERS = Permission("customers.erase")
"""Carrying out requests to be forgotten, and refusing them; taking them in is everybody's who manages customers."""
ASK_TO_BE_ERASED = Permission("customers.erasure.ask", members=frozenset({MemberRole.OWNER}))
