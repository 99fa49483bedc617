"""Advance invoices and the invoices that take them back at the delivery."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Base, BigId, CustomerOwned, Minor, child_of, owner_key


class Advance(CustomerOwned, Base):
    """An invoice for money that came before the delivery (`document_id`). Its amounts are the invoice's."""

    __tablename__ = "billing_advance"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_document", "document_id"),
        owner_key(),
        UniqueConstraint("document_id"),
        CheckConstraint("net_minor > 0", name="net"),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    net_minor: Mapped[Minor]
    vat_minor: Mapped[Minor]
    created_at: Mapped[datetime]


class AdvanceUse(CustomerOwned, Base):
    """What an invoice (`document_id`) took back of an advance; once for each invoice.

    `before_minor` is the net that was taken back before: two that begin at the same point cannot both be written.
    """

    __tablename__ = "billing_advance_use"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_advance", "advance_id"),
        child_of("billing_document", "document_id"),
        UniqueConstraint("advance_id", "document_id"),
        UniqueConstraint("advance_id", "before_minor"),
        CheckConstraint("net_minor > 0 AND before_minor >= 0", name="net"),
    )

    id: Mapped[BigId]
    advance_id: Mapped[int] = mapped_column(BigInteger)
    document_id: Mapped[int] = mapped_column(BigInteger)
    before_minor: Mapped[Minor]
    net_minor: Mapped[Minor]
    vat_minor: Mapped[Minor]
    created_at: Mapped[datetime]
