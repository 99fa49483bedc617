"""Delivery as a job."""

from praho.core.jobs.kinds import Tick
from praho.notifications.events import MessageWork
from praho.notifications.services import delivering, forgetting


def deliver(work: MessageWork) -> None:
    """Hand over one message."""
    delivering.deliver(work.message_id)


def forget_undelivered(_tick: Tick) -> None:
    """Forget the addresses of last mails that nobody took."""
    forgetting.forget_undelivered()
