"""Documents on their way to e-Factura: one row for each revision that the ministry must get."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Base, BigId, CustomerOwned, child_of
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker


class SubmissionState(StrEnum):
    """waiting → sending → sent → accepted | rejected; unknown is what may have arrived or not."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class EfacturaSubmission(CustomerOwned, Base):
    """One revision of a fiscal document on its way to ANAF. `current` is the one that counts, at most one of each.

    `uploads` counts the claims: whoever records what came of a call must still hold the last one. `next_at` (machine
    time) is when something is to be done about it by itself, None for never. `waits_for` is the number of a document
    that has to be accepted before. `due_on` is the last (Bucharest) day on which the law lets it be sent. `note` says
    what was found out last. `search` holds the words of the document's.
    """

    __tablename__ = "billing_efactura_submission"
    __table_args__ = (
        child_of("billing_document", "document_id"),
        one_of("state", SubmissionState),
        UniqueConstraint("document_id", "revision"),
        CheckConstraint("revision >= 0 AND uploads >= 0", name="counts"),
        CheckConstraint("state NOT IN ('sent', 'accepted') OR upload_index IS NOT NULL", name="index"),
        CheckConstraint("state IN ('waiting', 'rejected') OR xml_sha256 IS NOT NULL", name="xml"),
        Index(
            "uq_billing_efactura_submission_current",
            "document_id",
            unique=True,
            postgresql_where=text("current"),
        ),
        Index(
            "ix_billing_efactura_submission_next_at",
            "next_at",
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_billing_efactura_submission_open",
            "state",
            "due_on",
            postgresql_where=text("current AND state <> 'accepted'"),
        ),
        Index("ix_billing_efactura_submission_upload_index", "upload_index"),
        Index("ix_billing_efactura_submission_search", "search", postgresql_using="gin"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("efs"))
    document_id: Mapped[int] = mapped_column(BigInteger)
    revision: Mapped[int]
    state: Mapped[SubmissionState] = mapped_column(StrEnumType(SubmissionState), default=SubmissionState.WAITING)
    current: Mapped[bool] = mapped_column(default=True)
    due_on: Mapped[date]
    xml_sha256: Mapped[str | None] = mapped_column(String(64))
    upload_index: Mapped[str | None] = mapped_column(String(40))
    download_id: Mapped[str | None] = mapped_column(String(40))
    messages: Mapped[list[str]] = mapped_column(JSONB, default=list)
    waits_for: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    search: Mapped[str] = mapped_column(SearchVector)
    uploads: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
