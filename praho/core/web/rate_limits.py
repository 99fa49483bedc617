"""Atomic rate limits: one counter for each key and window, raised by a single statement."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects.postgresql import insert

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.web.tables import RateCounter


def hit(name: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one more try of `who` at `name`; raise TooManyRequests beyond `limit` in a window of `seconds`.

    Windows are fixed slots of machine time. The count is committed at once, whatever becomes of the request.
    """
    now = clock.machine_now()
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=UTC)
    table = RateCounter.__table__
    statement = insert(table).values(key=f"{name}:{who}"[:200], window_start=start, hits=1)  # type: ignore[arg-type]
    same_window = table.c.window_start == start
    statement = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"hits": case((same_window, table.c.hits + 1), else_=1), "window_start": start},
    )
    with entered(SystemScope("rate limit")), unit_of_work() as session:
        hits = session.execute(statement.returning(table.c.hits)).scalar_one()
    if hits > limit:
        wait = max(1, int((start + timedelta(seconds=seconds) - now).total_seconds()) + 1)
        raise TooManyRequests(_("Too many tries. Please wait a little and try again."), retry_after=wait)


def forget(name: str, who: str) -> None:
    """Drop the counter, as after a successful sign-in."""
    with entered(SystemScope("rate limit")), unit_of_work() as session:
        session.execute(delete(RateCounter).where(RateCounter.key == f"{name}:{who}"[:200]))


def prune(older_than: timedelta) -> None:
    """Drop counters whose window began longer ago than that."""
    with entered(SystemScope("rate limit")), unit_of_work() as session:
        session.execute(delete(RateCounter).where(RateCounter.window_start < clock.machine_now() - older_than))
