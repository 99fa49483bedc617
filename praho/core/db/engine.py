"""The connection pool, made once for each process."""

from sqlalchemy import Engine, create_engine

from praho.core.db import scope


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Create the engine for a PostgreSQL URL and point all scopes at it.

    A URL without a driver gets psycopg 3. Connections are tested when taken from the pool.
    """
    engine = create_engine(
        with_driver(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"},
    )
    scope.bind(engine)
    return engine


def with_driver(url: str) -> str:
    """Return the URL with the driver that we use, whatever dialect name it was written with."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
