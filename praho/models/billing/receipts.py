"""Receipts for payments (chitanțe): numbered, frozen when issued, and printed once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Base, BigId, CustomerOwned, Minor, child_of, owner_key
from praho.core.ids import public_id_maker


class PaymentReceipt(CustomerOwned, Base):
    """The receipt of one payment. `snapshot` is what it prints: both parties, how and for what was paid."""

    __tablename__ = "billing_receipt"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_payment", "payment_id"),
        owner_key(),
        CheckConstraint("amount_minor > 0", name="amount"),
        UniqueConstraint("payment_id"),
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("number_text"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("rcp"))
    payment_id: Mapped[int] = mapped_column(BigInteger)
    series_id: Mapped[int] = mapped_column(ForeignKey("billing_number_series.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    number_text: Mapped[str] = mapped_column(String(40))
    issue_date: Mapped[date]
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(5))
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]


class ReceiptFile(CustomerOwned, Base):
    """The PDF of a receipt: the bytes that the download, the mail and the archive share."""

    __tablename__ = "billing_receipt_file"
    __append_only__ = True
    __table_args__ = (child_of("billing_receipt", "receipt_id"), UniqueConstraint("receipt_id"))

    id: Mapped[BigId]
    receipt_id: Mapped[int] = mapped_column(BigInteger)
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
