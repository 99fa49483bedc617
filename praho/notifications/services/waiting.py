"""Mails that may wait for a human, as statements that count them."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.notifications import Message, MessageState


def refused() -> Select[Any]:
    """Count the mails that could not be handed over for good."""
    return counting(Message, Message.state == MessageState.FAILED)
