"""Who acts: a frozen value, never a row of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from praho.core.permissions import PUBLIC, SIGNED_IN, MemberRole, Permission, StaffRole


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    USER = "user"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Principal:
    """The person or the process behind a command.

    `second_factor` says that this session has passed it. `member_role` is the role in the customer whose pages
    are being looked at, and None elsewhere.
    """

    kind: ActorKind
    name: str
    user_id: int | None = None
    public_id: str | None = None
    email: str | None = None
    locale: str | None = None
    email_confirmed: bool = False
    staff_role: StaffRole | None = None
    second_factor: bool = False
    session_id: str | None = None
    customer_id: int | None = None
    member_role: MemberRole | None = None
    ip: str | None = None

    @classmethod
    def system(cls, name: str) -> Self:
        """Return the principal of a job or a sweep."""
        return cls(ActorKind.SYSTEM, name)

    @property
    def signed_in(self) -> bool:
        """Whether a person is behind it, staff or not."""
        return self.user_id is not None

    def may(self, permission: Permission) -> bool:
        """Return whether the permission is granted, in the customer at hand or as staff."""
        if permission is PUBLIC:
            return True
        if permission is SIGNED_IN:
            return self.signed_in
        if self.member_role is not None and permission.granted_to_member(self.member_role):
            return True
        staff = self.staff_role if self.second_factor else None
        return staff is not None and permission.granted_to_staff(staff)


ANONYMOUS = Principal(ActorKind.ANONYMOUS, "visitor")

_current: ContextVar[Principal] = ContextVar("praho_principal", default=ANONYMOUS)


def current_principal() -> Principal:
    """Return who acts; the anonymous visitor where nobody was named."""
    return _current.get()


@contextmanager
def acting_as(principal: Principal) -> Iterator[None]:
    """Act as `principal` for the length of a block."""
    token = _current.set(principal)
    try:
        yield
    finally:
        _current.reset(token)
