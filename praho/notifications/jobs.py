"""Delivery as a job."""

from praho.notifications.events import MessageWork
from praho.notifications.services import delivering


def deliver(work: MessageWork) -> None:
    """Hand over one message."""
    delivering.deliver(work.message_id)
