"""Threads for tests of concurrency: started at once, waited for no longer than they take."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import text

from tests.fixtures.database import LiveDatabase

T = TypeVar("T")
SECONDS = 20

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.005)"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@contextmanager
def other_threads(count: int = 1) -> Iterator[Callable[[Callable[[], T]], Future[T]]]:
    """Yield a function that starts another one in a thread of its own; all have ended after the block."""
    with ThreadPoolExecutor(count) as pool:
        yield pool.submit


def all_at_once(actions: list[Callable[[], T]]) -> list[T]:
    """Run every action in a thread of its own and return their results in order."""
    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result(SECONDS) for future in [pool.submit(action) for action in actions]]


def outcomes(action: Callable[[], object], count: int, refusal: type[Exception]) -> dict[str, int]:
    """Do the same `count` times at once; return how often it was done, and how often refused by `refusal`."""

    def attempt() -> str:
        try:
            action()
        except refusal:
            return refusal.__name__
        return "done"

    return dict(Counter(all_at_once([attempt] * count)))


def wait_until_blocked(database: LiveDatabase, connections: int = 1) -> None:
    """Return once that many connections of the database wait for a lock."""
    for _ in range(SECONDS * 200):
        with database.as_owner() as owner:
            if owner.execute(_WAITING).scalar_one() >= connections:
                return
    raise AssertionError("nobody waits for a lock")


def until(condition: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Return once the condition holds: for what happens in another process, which can tell nobody."""
    between = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        between.wait(0.02)
