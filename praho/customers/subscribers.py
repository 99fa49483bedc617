"""What the customers domain does about what happens below it."""

from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.customers.events import (
    CHECK_COMPANY,
    REFRESH_SEARCH,
    CompanyWork,
    CustomerProfileChanged,
    CustomerRegistered,
    MemberRenamed,
)
from praho.users.events import UserRenamed


def on_user_renamed(event: UserRenamed) -> None:
    """Find customers by their members' new names, a moment later: each customer is locked by itself."""
    enqueue(REFRESH_SEARCH, MemberRenamed(event.user_id), occasion=new_public_id("ren"))


def on_customer_known(event: CustomerRegistered | CustomerProfileChanged) -> None:
    """Ask the registers about a company that is new or has other numbers."""
    enqueue(CHECK_COMPANY, CompanyWork(event.customer_id), occasion=new_public_id("chk"))
