"""The world's memory: one SQLite file that outlives every crash of either side."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Numbers are never given twice, so that a webhook under way is not taken for one that came after a reset.
SCHEMA = """
CREATE TABLE IF NOT EXISTS domains (
    name TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, years INTEGER NOT NULL,
    registrant TEXT NOT NULL, nameservers TEXT NOT NULL, registered_at TEXT NOT NULL, expires_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, username TEXT NOT NULL UNIQUE, domain TEXT NOT NULL UNIQUE,
    package TEXT NOT NULL, contact_email TEXT NOT NULL, created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS payments (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, merchant TEXT NOT NULL, amount INTEGER NOT NULL,
    currency TEXT NOT NULL, description TEXT NOT NULL, locale TEXT NOT NULL, payer_name TEXT NOT NULL,
    payer_email TEXT NOT NULL, return_url TEXT NOT NULL, webhook_url TEXT NOT NULL, state TEXT NOT NULL,
    failure TEXT, created_at TEXT NOT NULL, changed_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS answers (
    operation TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (operation, key)
);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT NOT NULL, mode TEXT NOT NULL, remaining INTEGER NOT NULL,
    delay REAL, fired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL,
    fault TEXT NOT NULL, status INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, payment_id TEXT NOT NULL, url TEXT NOT NULL,
    body TEXT NOT NULL, forged INTEGER NOT NULL, due_at REAL, attempts INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '', finished INTEGER NOT NULL DEFAULT 0
);
"""

TABLES = ("domains", "accounts", "payments", "answers", "faults", "requests", "deliveries")


class Storage:
    """Opens the file anew for each transaction, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that no other one overlaps; an exception undoes it."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    def reset(self) -> None:
        """Forget everything."""
        with self.transaction() as connection:
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        connection.row_factory = sqlite3.Row
        # With the write-ahead log this outlives a killed process; only a power cut could cost the last moment.
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection
