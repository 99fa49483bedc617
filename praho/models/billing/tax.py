"""VAT rates by country and date, and how the VAT of each document was decided."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId, CustomerOwned, Minor, child_of


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


class TaxRecord(CustomerOwned, Base):
    """How a document's VAT was decided: the rule, the country whose VAT it is, and what stood behind it.

    `net_minor` is the document's net in its currency, negative on a credit note. `doubt` says what people should
    look at: `contradiction:FR` where the evidence names another country, `too_few` where it is thin.
    """

    __tablename__ = "billing_tax_record"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_document", "document_id"),
        UniqueConstraint("document_id"),
        Index("ix_billing_tax_record_rule_tax_point", "rule", "tax_point"),
        Index("ix_billing_tax_record_doubt", "id", postgresql_where=text("doubt IS NOT NULL")),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    rule: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(2))
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    place: Mapped[str] = mapped_column(String(2))
    buyer_country: Mapped[str] = mapped_column(String(2))
    tax_point: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[Minor]
    on_collection: Mapped[bool]
    vat_id: Mapped[str | None] = mapped_column(String(20))
    vat_id_status: Mapped[str] = mapped_column(String(10))
    consultation: Mapped[str | None] = mapped_column(String(60))
    doubt: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class TaxEvidence(CustomerOwned, Base):
    """One item that says where the buyer of a document was; kept for ten years under the one-stop shop."""

    __tablename__ = "billing_tax_evidence"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_document", "document_id"),
        UniqueConstraint("document_id", "kind"),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    value: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class TaxReview(Base):
    """That somebody looked at a doubtful decision, and what they found."""

    __tablename__ = "billing_tax_review"
    __access__ = Access.STAFF
    __append_only__ = True

    id: Mapped[BigId]
    record_id: Mapped[int] = mapped_column(ForeignKey("billing_tax_record.id"), unique=True)
    note: Mapped[str] = mapped_column(Text)
    reviewed_by: Mapped[int | None] = mapped_column(BigInteger)
    reviewed_at: Mapped[datetime]
