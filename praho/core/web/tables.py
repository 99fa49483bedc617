"""The web kernel's own tables: spent form tokens and rate-limit counters."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base


class SpentFormToken(Base):
    """A form token that did its work, and what came of it. Only the token's hash is kept: its holder may ask again."""

    __tablename__ = "core_form_token"
    __access__ = Access.STAFF
    __portal_privileges__ = ("INSERT", "SELECT (token_hash)", "UPDATE (result)")
    __table_args__ = (Index("ix_core_form_token_spent_at", "spent_at"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60))
    result: Mapped[str | None] = mapped_column(String(200))
    spent_at: Mapped[datetime]


class RateCounter(Base):
    """How often something happened within one window of machine time."""

    __tablename__ = "core_rate_counter"
    __access__ = Access.STAFF

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    window_start: Mapped[datetime]
    hits: Mapped[int]
