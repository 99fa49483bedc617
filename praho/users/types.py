"""What others see of users; frozen, never rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from praho.core.permissions import StaffRole

CUSTOMER_SESSION = timedelta(days=30)
STAFF_SESSION = timedelta(hours=12)
PENDING_SESSION = timedelta(minutes=15)
"""How long a session waits for its second factor."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user as pages and mails name them."""

    id: int
    public_id: str
    email: str
    full_name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from, as it is shown to its owner."""

    ip: str | None
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a right password gives: the token for the browser, and whether it still waits for the second factor."""

    token: str
    user_public_id: str
    theme: str
    needs_second_factor: bool
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A session that waits for the second factor."""

    user_id: int
    user_public_id: str
    email: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A signed-in browser, for the page that lists them. Instants are machine time."""

    public_id: str
    created_at: datetime
    last_seen_at: datetime
    ip: str | None
    user_agent: str | None
    second_factor: bool


@dataclass(frozen=True, slots=True)
class EnrolmentOffer:
    """A secret that an authenticator app may take over: as text, as a picture, and sealed for the form."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    sealed: str


@dataclass(frozen=True, slots=True)
class SecurityState:
    """What the security page shows of an account."""

    email: str
    full_name: str
    email_confirmed: bool
    second_factor: bool
    recovery_codes_left: int
    staff_role: StaffRole | None
    locale: str
    theme: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of the staff, for the page that lists them. `last_seen_at` is machine time."""

    public_id: str
    full_name: str
    email: str
    role: StaffRole
    active: bool
    second_factor: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenStaffInvitation:
    """An invitation to the staff that waits for its answer. Instants are machine time."""

    public_id: str
    email: str
    role: StaffRole
    created_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class InvitationOffer:
    """What the holder of an invitation's link is shown."""

    email: str
    role: StaffRole
    has_account: bool
