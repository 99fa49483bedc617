"""Where the bytes of documents are kept beside the database, and what was found damaged there."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Access, Base, BigId
from praho.core.ids import public_id_maker


class ArchiveStore(Base):
    """A bucket of an S3-compatible storage. New files go to the active one; what was moved stays where it is."""

    __tablename__ = "billing_archive_store"
    __access__ = Access.STAFF
    __table_args__ = (
        Index("uq_billing_archive_store_active", "active", unique=True, postgresql_where=text("active")),
        UniqueConstraint("endpoint", "bucket"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("ars"))
    endpoint: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(40))
    bucket: Mapped[str] = mapped_column(String(63))
    access_key: Mapped[str] = mapped_column(String(128))
    secret_sealed: Mapped[str | None] = mapped_column(Text)
    secret = EncryptedField("secret_sealed")
    active: Mapped[bool]
    created_at: Mapped[datetime]


class ArchiveDamage(Base):
    """An archived file whose bytes were not those that were kept: it is never handed out."""

    __tablename__ = "billing_archive_damage"
    __access__ = Access.STAFF
    __append_only__ = True
    __table_args__ = (UniqueConstraint("file_id"),)

    id: Mapped[BigId]
    file_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("billing_document_file.id"))
    found_sha256: Mapped[str] = mapped_column(String(64))
    found_at: Mapped[datetime]
