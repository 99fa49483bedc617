"""Number series, documents, their lines and taxes, and the files made of them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from praho.core.db.base import (
    SERIES_RANK,
    Access,
    Base,
    BigId,
    CustomerOwned,
    Minor,
    child_of,
    of_customer,
    owner_key,
)
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker


class DocumentKind(StrEnum):
    PROFORMA = "proforma"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class SeriesKind(StrEnum):
    """What has fiscal numbers: two kinds of documents, and the receipts of payments."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"


class DocumentState(StrEnum):
    """Proformas: open → paid | cancelled | lapsed. Invoices are issued, and stay so."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    ISSUED = "issued"


class FileKind(StrEnum):
    PDF = "pdf"
    XML = "xml"
    SEALED = "sealed"
    """ANAF's ZIP of an accepted document: the XML as it took it, and the ministry's seal."""


class NumberSeries(Base):
    """A fiscal series: the next number is taken under this row's lock, inside the issuing transaction.

    One with a `pattern` such as `HC{year}-` is the series of its `year`: the first document of a later year opens
    that year's, from 1. `first_number` is where the procedure of the company lets it begin.
    """

    __tablename__ = "billing_number_series"
    __access__ = Access.STAFF
    __lock_rank__ = SERIES_RANK
    __table_args__ = (
        one_of("kind", SeriesKind),
        CheckConstraint("first_number >= 1 AND next_number >= first_number", name="next_number"),
        CheckConstraint("(pattern IS NULL) = (year IS NULL)", name="year"),
        Index(
            "uq_billing_number_series_active",
            "kind",
            unique=True,
            postgresql_where=text("active"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("ser"))
    kind: Mapped[SeriesKind] = mapped_column(StrEnumType(SeriesKind))
    prefix: Mapped[str] = mapped_column(String(20), unique=True)
    padding: Mapped[int] = mapped_column(default=4)
    first_number: Mapped[int] = mapped_column(BigInteger, default=1)
    next_number: Mapped[int] = mapped_column(BigInteger, default=1)
    pattern: Mapped[str | None] = mapped_column(String(20))
    year: Mapped[int | None]
    last_issue_date: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)


class Document(CustomerOwned, Base):
    """A proforma or an invoice. All is frozen when issued but what is settled, `refusal`, and the words of `search`.

    `settled_minor` is how much of it payments, credit and write-offs have settled so far.

    `snapshot` is what the PDF and the XML are made of: parties, texts, lines, taxes, totals and locale as they
    were. `refusal` says why a paid proforma could not become an invoice yet. `source_id` of an invoice is its
    proforma (of a corrected one: the credit note before it), at most one invoice for each; of a credit note it is
    the invoice that it takes back, wholly or in part.
    """

    __tablename__ = "billing_document"
    __portal_privileges__ = ("UPDATE (state)",)
    __table_args__ = (
        of_customer(),
        owner_key(),
        child_of("billing_document", "source_id"),
        one_of("kind", DocumentKind),
        one_of("state", DocumentState),
        CheckConstraint("net_minor + vat_minor = total_minor", name="total"),
        CheckConstraint("settled_minor BETWEEN 0 AND greatest(total_minor, 0)", name="settled"),
        CheckConstraint("state <> 'paid' OR settled_minor = total_minor", name="paid"),
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("kind", "number_text"),
        Index(
            "ix_billing_document_credits",
            "source_id",
            postgresql_where=text("kind = 'credit_note'"),
        ),
        Index(
            "uq_billing_document_invoice_of",
            "source_id",
            unique=True,
            postgresql_where=text("kind = 'invoice'"),
        ),
        Index("ix_billing_document_customer_id_id", "customer_id", "id"),
        Index("ix_billing_document_kind_state_id", "kind", "state", "id"),
        Index(
            "ix_billing_document_tax_point",
            "tax_point",
            postgresql_where=text("kind IN ('invoice', 'credit_note')"),
        ),
        Index(
            "ix_billing_document_issue_date",
            "issue_date",
            postgresql_where=text("kind IN ('invoice', 'credit_note')"),
        ),
        Index("ix_billing_document_search", "search", postgresql_using="gin"),
        Index(
            "ix_billing_document_due",
            "due_date",
            postgresql_where=text("kind = 'proforma' AND state = 'open'"),
        ),
        Index(
            "ix_billing_document_refusal",
            "id",
            postgresql_where=text("refusal IS NOT NULL"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DocumentKind] = mapped_column(StrEnumType(DocumentKind))
    state: Mapped[DocumentState] = mapped_column(StrEnumType(DocumentState))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("billing_number_series.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    number_text: Mapped[str] = mapped_column(String(40))
    issue_date: Mapped[date]
    due_date: Mapped[date]
    tax_point: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(5))
    allowance_minor: Mapped[Minor]
    net_minor: Mapped[Minor]
    vat_minor: Mapped[Minor]
    total_minor: Mapped[Minor]
    settled_minor: Mapped[Minor] = mapped_column(default=0)
    line_count: Mapped[int]
    buyer_name: Mapped[str]
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[str | None] = mapped_column(String(60), index=True)
    source_id: Mapped[int | None] = mapped_column(BigInteger)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSONB)
    search: Mapped[str] = mapped_column(SearchVector)
    issued_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = mapped_column(Text)

    revised_name: Mapped[str | None] = query_expression()
    """The buyer's name as last corrected, in lists that ask for it."""

    lines: Mapped[list["DocumentLine"]] = relationship(
        lazy="raise_on_sql", viewonly=True, order_by="DocumentLine.position"
    )
    taxes: Mapped[list["DocumentTax"]] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def shown_name(self) -> str:
        """The buyer's name for a list: as last corrected, else as issued."""
        return self.revised_name or self.buyer_name


class DocumentLine(CustomerOwned, Base):
    """A line, as issued. `net_minor` is stored and never multiplied again; `subject` names what was sold.

    A credit note's line says in `corrects_position` which line of the invoice it takes back.
    """

    __tablename__ = "billing_document_line"
    __table_args__ = (
        child_of("billing_document", "document_id"),
        UniqueConstraint("document_id", "position"),
        Index("ix_billing_document_line_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int]
    description: Mapped[str] = mapped_column(Text)
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    unit_code: Mapped[str] = mapped_column(String(3))
    unit_price_minor: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    discount_minor: Mapped[Minor] = mapped_column(default=0)
    net_minor: Mapped[Minor]
    tax_category: Mapped[str] = mapped_column(String(2))
    tax_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[str | None] = mapped_column(String(60))
    corrects_position: Mapped[int | None]


class DocumentTax(CustomerOwned, Base):
    """The tax of one category and rate: VAT is computed on the sum of the nets, once."""

    __tablename__ = "billing_document_tax"
    __table_args__ = (
        child_of("billing_document", "document_id"),
        UniqueConstraint("document_id", "category", "percent"),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    category: Mapped[str] = mapped_column(String(2))
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    net_minor: Mapped[Minor]
    vat_minor: Mapped[Minor]


class DocumentFile(CustomerOwned, Base):
    """The bytes that the download, the mail and the archive share; written once by a job.

    They are here in `content`, or in the object `object_key` of a store. A trigger lets them move there, and nothing
    else change. `revision` is the one that they show: a correction has files of its own, beside the first ones.
    """

    __tablename__ = "billing_document_file"
    __append_only__ = True
    __append_only_but__ = ("content", "store_id", "object_key")
    __table_args__ = (
        child_of("billing_document", "document_id"),
        one_of("kind", FileKind),
        UniqueConstraint("document_id", "kind", "revision"),
        CheckConstraint("(content IS NULL) = (store_id IS NOT NULL AND object_key IS NOT NULL)", name="place"),
        Index("ix_billing_document_file_here", "id", postgresql_where=text("content IS NOT NULL")),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[FileKind] = mapped_column(StrEnumType(FileKind))
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    store_id: Mapped[int | None] = mapped_column(ForeignKey("billing_archive_store.id"))
    object_key: Mapped[str | None] = mapped_column(String(200))
    findings: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
