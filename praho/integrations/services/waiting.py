"""What of providers may wait for a human, as statements that count it."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.integrations import InboxMessage, InboxState, OperationState, ProviderOperation


def failed_messages() -> Select[Any]:
    """Count the webhooks that could not be acted upon."""
    return counting(InboxMessage, InboxMessage.state == InboxState.FAILED)


def unknown_operations() -> Select[Any]:
    """Count the operations of which nobody knows the outcome."""
    return counting(ProviderOperation, ProviderOperation.state == OperationState.UNKNOWN)
