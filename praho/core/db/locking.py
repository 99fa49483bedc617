"""Row locks, in one global order: the customer, that customer's rows, shared rows, the number series.

`FOR NO KEY UPDATE` lets other transactions insert rows that refer to the locked one; `populate_existing`
replaces what the session had loaded before the lock was granted.
"""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select

from praho.core.db.base import Base, LockRank
from praho.core.db.uow import require_unit_of_work


class LockOrder(RuntimeError):
    """A row was locked after one that comes later in the global order: a deadlock waiting to happen."""


M = TypeVar("M", bound=Base)


def lock(model: type[M], ids: Iterable[int]) -> list[M]:
    """Lock rows by id, in ascending order, and return them as they are now; a missing id is left out."""
    frame = require_unit_of_work()
    rank = model.__lock_rank__
    if frame.lock_rank is not None and rank < frame.lock_rank:
        raise LockOrder(f"{model.__name__} (rank {rank}) locked after rank {frame.lock_rank}")
    frame.lock_rank = LockRank(rank)
    key = model.id  # type: ignore[attr-defined]
    statement = (
        select(model)
        .where(key.in_(sorted(set(ids))))
        .order_by(key)
        .with_for_update(key_share=True, of=model)
        .execution_options(populate_existing=True)
    )
    return list(frame.session.scalars(statement))


def lock_one(model: type[M], row_id: int) -> M | None:
    """Lock one row by id and return it as it is now, or None where the scope has no such row."""
    rows = lock(model, [row_id])
    return rows[0] if rows else None
