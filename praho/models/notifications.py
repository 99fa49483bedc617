"""Messages: a row first, then a job, then SMTP or the maildir."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class MessageState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Message(Base):
    """One mail to one address, under one Message-ID for all its attempts; one row per `occasion`.

    `facts` are what the template prints; `attachments` name documents by kind and id, rendered when it is sent.
    A link's secret token is kept apart, encrypted, and overwritten once the mail is handed over. With `forgets`, whom
    it went to is overwritten then too: the last mail to somebody who has been erased.
    """

    __tablename__ = "notifications_message"
    __access__ = Access.STAFF
    __portal_privileges__ = ("INSERT", "SELECT (id)")
    __table_args__ = (
        one_of("state", MessageState),
        Index("ix_notifications_message_state_id", "state", "id"),
        Index("ix_notifications_message_customer_id_id", "customer_id", "id"),
        Index("ix_notifications_message_user_id", "user_id", postgresql_where=text("user_id IS NOT NULL")),
        Index("ix_notifications_message_recipient", "recipient", postgresql_where=text("customer_id IS NULL")),
        Index(
            "ix_notifications_message_forgets",
            "created_at",
            postgresql_where=text("forgets AND recipient <> ''"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("msg"))
    occasion: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    template: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(5))
    recipient: Mapped[str]
    recipient_name: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    secrets_sealed: Mapped[str | None] = mapped_column(Text)
    secrets = EncryptedField("secrets_sealed")
    attachments: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    forgets: Mapped[bool] = mapped_column(default=False, server_default="false")
    message_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str | None] = mapped_column(Text)
    state: Mapped[MessageState] = mapped_column(StrEnumType(MessageState), default=MessageState.QUEUED)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
