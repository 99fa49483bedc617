"""Reference rates of the National Bank of Romania, one for each currency and banking day."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId


class ExchangeRate(Base):
    """Lei for one unit of a currency, as published on a day; a published rate never changes."""

    __tablename__ = "billing_exchange_rate"
    __access__ = Access.SHARED
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("currency", "published_on"),
        CheckConstraint("lei > 0", name="lei"),
    )

    id: Mapped[BigId]
    currency: Mapped[str] = mapped_column(String(3))
    published_on: Mapped[date]
    lei: Mapped[Decimal] = mapped_column(Numeric(14, 8))
