"""The durable job table: what leaves the process is a row here first."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of


class JobState(StrEnum):
    READY = "ready"
    RUNNING = "running"
    RETRY = "retry"
    DONE = "done"
    DEAD = "dead"


class Queue(StrEnum):
    HIGH = "high"
    DEFAULT = "default"
    LOW = "low"
    EMAIL = "email"
    REPORTS = "reports"


class Job(Base):
    """One piece of work, done at least once and recorded once.

    `key` is the kind and the occasion: the same occasion is never enqueued twice. `attempts` is the fencing
    token: only the attempt that holds it may record a result. `run_at` and `lease_until` are machine time.
    """

    __tablename__ = "core_job"
    __access__ = Access.STAFF
    __portal_privileges__ = ("INSERT", "SELECT (id)")
    __table_args__ = (
        one_of("state", JobState),
        one_of("queue", Queue),
        Index("ix_core_job_due", "run_at", "id", postgresql_where=text("state IN ('ready', 'retry')")),
        Index("ix_core_job_leased", "lease_until", postgresql_where=text("state = 'running'")),
        Index("ix_core_job_state_id", "state", "id"),
    )

    id: Mapped[BigId]
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    queue: Mapped[Queue] = mapped_column(StrEnumType(Queue))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[JobState] = mapped_column(StrEnumType(JobState), default=JobState.READY)
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    max_failures: Mapped[int]
    lease_seconds: Mapped[int]
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
