"""Permissions: named once in a domain, together with the roles that have them by default."""

from dataclasses import dataclass, field
from enum import StrEnum


class StaffRole(StrEnum):
    ADMIN = "admin"
    BILLING = "billing"
    SUPPORT = "support"
    TECHNICIAN = "technician"
    AUDITOR = "auditor"


class MemberRole(StrEnum):
    OWNER = "owner"
    BILLING = "billing"
    TECHNICAL = "technical"
    VIEWER = "viewer"


ALL_STAFF = frozenset(StaffRole)
ALL_MEMBERS = frozenset(MemberRole)


@dataclass(frozen=True, slots=True)
class Permission:
    """What a route demands. The admin role of staff has every staff permission; nobody else has any unnamed."""

    name: str
    staff: frozenset[StaffRole] = field(default_factory=frozenset)
    members: frozenset[MemberRole] = field(default_factory=frozenset)

    def granted_to_staff(self, role: StaffRole) -> bool:
        """Return whether a member of staff with this role may."""
        return role is StaffRole.ADMIN or role in self.staff

    def granted_to_member(self, role: MemberRole) -> bool:
        """Return whether a customer's member with this role may, on that customer's data."""
        return role in self.members


PUBLIC = Permission("public")
"""Anybody may, signed in or not. Every use is counted by a test."""

SIGNED_IN = Permission("signed_in")
"""Any signed-in user may, on data that is their own."""
