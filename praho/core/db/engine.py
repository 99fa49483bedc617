"""The connection pool, made once for each process."""

import os

from sqlalchemy import Engine, create_engine

from praho.core.db import scope

_connected: Engine | None = None


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Create the engine for a PostgreSQL URL and point all scopes at it.

    A URL without a driver gets psycopg 3. Connections are tested when taken from the pool.
    """
    global _connected
    engine = create_engine(
        with_driver(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"},
    )
    scope.bind(engine)
    _connected = engine
    return engine


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
