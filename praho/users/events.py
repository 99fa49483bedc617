"""What happens to users, and the work that follows from it."""

from dataclasses import dataclass

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class UserRenamed:
    """A user's name was changed."""

    user_id: int


@dataclass(frozen=True, slots=True)
class ResetWanted:
    """Somebody asked to set a new password for an address, which may belong to nobody."""

    email: str
    wanted_at: str


SEND_RESET_LINK = JobKind("users.send_reset_link", ResetWanted, queue=Queue.HIGH)
FORGET_OLD = JobKind("users.forget_old", Tick, queue=Queue.LOW)
