"""Corrections of documents that the ministry rejected: rows beside the document, as frozen as it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Base, BigId, CustomerOwned, child_of


class DocumentRevision(CustomerOwned, Base):
    """What a document says from this revision on; revision 0 is the document itself, as it was issued.

    A trigger lets only the parties' names, addresses and register data differ from the document's own `snapshot`, and
    nothing at all once e-Factura has accepted the document. `buyer_name` stands in lists.
    """

    __tablename__ = "billing_document_revision"
    __append_only__ = True
    __table_args__ = (
        child_of("billing_document", "document_id"),
        UniqueConstraint("document_id", "revision"),
        CheckConstraint("revision > 0", name="revision"),
    )

    id: Mapped[BigId]
    document_id: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int]
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSONB)
    buyer_name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users_user.id"))
    created_at: Mapped[datetime]
