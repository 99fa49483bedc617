"""Every query about messages."""

from datetime import datetime

from sqlalchemy import select

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.notifications import Message, MessageState


def find(public_id: str) -> Message | None:
    """Return a message, or None."""
    return session().scalar(select(Message).where(Message.public_id == public_id))


def listed(state: MessageState | None, recipient: str, cursor: str | None, *, oldest: bool = False) -> Page[Message]:
    """Return a page of messages, the newest first; `recipient` is a whole address."""
    statement = select(Message)
    if state is not None:
        statement = statement.where(Message.state == state)
    if recipient:
        statement = statement.where(Message.recipient == recipient.strip().lower())
    return page_of(statement, [Message.id], cursor, descending=not oldest)


def undelivered_to_forget(before: datetime) -> list[Message]:
    """Return the mails older than that whose address should have been forgotten with their delivery."""
    statement = select(Message).where(Message.forgets, Message.recipient != "", Message.created_at < before)
    return list(session().scalars(statement))


def history(customer_id: int, before: datetime | None, limit: int) -> list[Message]:
    """Return the messages written to a customer up to and with an instant, the newest first."""
    statement = select(Message).where(Message.customer_id == customer_id)
    if before is not None:
        statement = statement.where(Message.created_at <= before)
    return list(session().scalars(statement.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)))
