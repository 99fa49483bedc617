"""The engine: which URLs it takes, and what a forked process does with its parent's connections."""

import os

import pytest
from sqlalchemy import text

from praho.core.db import engine
from praho.core.db.scope import SystemScope, entered


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_name_of_the_dialect_gets_our_driver(scheme):
    assert engine.with_driver(f"{scheme}://user@host/name") == "postgresql+psycopg://user@host/name"


def test_connections_speak_utc_and_give_up_waiting_for_locks(live_db):
    with entered(SystemScope("test")) as session:
        settings = [session.scalar(text(f"SHOW {name}")) for name in ("timezone", "lock_timeout")]
    assert settings == ["UTC", "15s"]


def _backend() -> int:
    with entered(SystemScope("test")) as session:
        return session.scalar(text("SELECT pg_backend_pid()"))


def test_a_forked_process_takes_no_connection_of_its_parent(live_db):
    mine = _backend()
    child = os.fork()
    if child == 0:
        os._exit(0 if _backend() != mine else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert _backend() == mine
