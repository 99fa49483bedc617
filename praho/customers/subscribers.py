"""What the customers domain does about what happens below it."""

from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.customers.events import REFRESH_SEARCH, MemberRenamed
from praho.users.events import UserRenamed


def on_user_renamed(event: UserRenamed) -> None:
    """Find customers by their members' new names, a moment later: each customer is locked by itself."""
    enqueue(REFRESH_SEARCH, MemberRenamed(event.user_id), occasion=new_public_id("ren"))
