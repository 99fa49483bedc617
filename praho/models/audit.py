"""The append-only record of who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId
from praho.core.ids import public_id_maker


class AuditEvent(Base):
    """One business command: who, in which customer's name, what, old → new. Nobody updates or deletes a row.

    `changes` maps fields to `[old, new]`. `mac` authenticates all other columns but `id`, under the key ring.
    """

    __tablename__ = "audit_event"
    __access__ = Access.STAFF
    __portal_privileges__ = ("INSERT",)
    __append_only__ = True
    __table_args__ = (
        Index("ix_audit_event_customer_id_id", "customer_id", "id"),
        Index("ix_audit_event_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_event_actor_id_id", "actor_id", "id"),
        Index("ix_audit_event_action_id", "action", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("evt"))
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    actor_name: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    request_id: Mapped[str | None] = mapped_column(String(64))
    ip: Mapped[str | None] = mapped_column(String(45))
    mac: Mapped[str] = mapped_column(String(100))
