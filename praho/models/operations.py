"""What staff keep for their own work: saved filters of lists, and runs of one action over many things."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class BulkItemState(StrEnum):
    """waiting → running → done | failed, driven by the job of the run; a running one that was cut off runs again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SavedFilter(Base):
    """A list's filter that a member of staff has named. `query` is the query string of the list's address.

    At most one of a list is the one with which the list opens.
    """

    __tablename__ = "operations_saved_filter"
    __access__ = Access.STAFF
    __table_args__ = (
        UniqueConstraint("user_id", "endpoint", "name"),
        Index(
            "uq_operations_saved_filter_default",
            "user_id",
            "endpoint",
            unique=True,
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("flt"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    endpoint: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))
    is_default: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class BulkRun(Base):
    """One action over many things, asked for by a member of staff and done by a job, one thing at a time.

    `finished_at` is set once no item waits or runs. `note` is what the action asks for, such as a reason.
    """

    __tablename__ = "operations_bulk_run"
    __access__ = Access.STAFF
    __table_args__ = (Index("ix_operations_bulk_run_user_id_id", "user_id", "id"),)

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("blk"))
    action: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[int]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class BulkItem(Base):
    """One thing of a run, and what became of it."""

    __tablename__ = "operations_bulk_item"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("state", BulkItemState),
        UniqueConstraint("run_id", "subject_id"),
        Index("ix_operations_bulk_item_run_id_state_id", "run_id", "state", "id"),
    )

    id: Mapped[BigId]
    run_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("operations_bulk_run.id"))
    subject_id: Mapped[str] = mapped_column(String(60))
    state: Mapped[BulkItemState] = mapped_column(StrEnumType(BulkItemState), default=BulkItemState.WAITING)
    error: Mapped[str | None] = mapped_column(Text)
