"""The connection pool, made once for each process."""

import os
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import ExecStatus
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

from praho.core.db import scope

_OPTIONS = "-c timezone=UTC -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"
_TRUSTED_SECONDS = 10
_connected: Engine | None = None


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Create the engine for a PostgreSQL URL and point all scopes at it.

    A URL without a driver gets psycopg 3. Connections are tested when taken from the pool, by a question to the
    server only where one has lain there for a while or the server has said something since: a server that ends, ends
    its connections.
    """
    global _connected
    engine = create_engine(
        with_driver(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args={"options": _OPTIONS},
    )
    event.listen(engine, "checkout", _test)
    event.listen(engine, "checkin", _note_time)
    scope.bind(engine)
    _connected = engine
    return engine


def connected() -> Engine:
    """Return the engine of this process; raises RuntimeError before there is one."""
    if _connected is None:
        raise RuntimeError("no database is connected")
    return _connected


@contextmanager
def for_bulk_work() -> Iterator[None]:
    """Let scopes use connections that are fast for a lot of small transactions, for a block in a single thread.

    A commit does not wait for the disk: after a power cut the last ones of the block may be missing, in their order.
    """
    everyday = connected()
    quick = create_engine(
        everyday.url,
        pool_size=2,
        connect_args={"options": f"{_OPTIONS} -c synchronous_commit=off"},
    )
    scope.bind(quick)
    try:
        yield
    finally:
        scope.bind(everyday)
        quick.dispose()


def _note_time(_connection: Any, record: Any) -> None:
    record.info["laid_down"] = time.monotonic()


def _test(connection: Any, record: Any, _proxy: Any) -> None:
    """Raise what makes the pool begin anew where the server has given up a connection."""
    laid_down = record.info.get("laid_down")
    if laid_down is None:  # opened just now
        return
    if time.monotonic() - laid_down < _TRUSTED_SECONDS and not _has_word(connection):
        return
    # Past the driver, which would begin a transaction.
    if connection.closed or connection.pgconn.exec_(b"SELECT 1").status != ExecStatus.TUPLES_OK:
        raise InvalidatePoolError("the server has ended this connection")


def _has_word(connection: "psycopg.Connection[Any]") -> bool:
    """Return whether the server has sent something that nobody asked for, be it the end of the connection."""
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def _leave_to_parent() -> None:
    """In a forked process: open connections of our own, and do not touch those of the parent."""
    if _connected is not None:
        _connected.dispose(close=False)


def with_driver(url: str) -> str:
    """Return the URL with the driver that we use, whatever dialect name it was written with."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


os.register_at_fork(after_in_child=_leave_to_parent)
