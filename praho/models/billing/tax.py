"""VAT rates by country and date."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId


class VatRate(Base):
    """A standard rate in percent, valid from a Bucharest date until the next row of the same country."""

    __tablename__ = "billing_vat_rate"
    __access__ = Access.SHARED
    __table_args__ = (
        UniqueConstraint("country", "valid_from"),
        CheckConstraint("percent >= 0 AND percent < 100", name="percent"),
    )

    id: Mapped[BigId]
    country: Mapped[str] = mapped_column(String(2))
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    valid_from: Mapped[date]
