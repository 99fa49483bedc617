"""Every query about messages."""

from sqlalchemy import func, select

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.notifications import Message, MessageState


def find(public_id: str) -> Message | None:
    """Return a message, or None."""
    return session().scalar(select(Message).where(Message.public_id == public_id))


def listed(state: MessageState | None, recipient: str, cursor: str | None) -> Page[Message]:
    """Return a page of messages, the newest first; `recipient` is a whole address."""
    statement = select(Message)
    if state is not None:
        statement = statement.where(Message.state == state)
    if recipient:
        statement = statement.where(Message.recipient == recipient.strip().lower())
    return page_of(statement, [Message.id], cursor)


def of_customer(customer_id: int, limit: int) -> list[Message]:
    """Return a customer's newest messages."""
    statement = select(Message).where(Message.customer_id == customer_id)
    return list(session().scalars(statement.order_by(Message.id.desc()).limit(limit)))


def failed_count() -> int:
    """Return how many messages could not be handed over for good."""
    statement = select(func.count()).select_from(Message).where(Message.state == MessageState.FAILED)
    return int(session().scalar(statement) or 0)
