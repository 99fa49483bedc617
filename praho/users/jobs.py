"""The work of the users domain that is done as jobs."""

from datetime import timedelta

from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Tick
from praho.core.web import rate_limits
from praho.users import repos
from praho.users.events import ResetWanted
from praho.users.services import passwords

_KEEP_SESSIONS = timedelta(days=90)
_KEEP_COUNTERS = timedelta(days=1)


def send_reset_link(wanted: ResetWanted) -> None:
    """Mail the link to set a new password, where the address has an account."""
    passwords.send_link(wanted)


def forget_old(_tick: Tick) -> None:
    """Delete sessions and links that have been over for long, and old counters of tries."""
    before = clock.machine_now() - _KEEP_SESSIONS
    with unit_of_work():
        repos.delete_ended(before)
    rate_limits.prune(_KEEP_COUNTERS)
