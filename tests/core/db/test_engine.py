"""The engine: which URLs it takes, and what a forked process does with its parent's connections."""

import os

import psycopg
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


def test_a_connection_that_the_server_has_ended_is_replaced_unnoticed(live_db):
    ended = _backend()
    with psycopg.connect(live_db.url.replace("+psycopg", "", 1)) as another:
        another.execute("SELECT pg_terminate_backend(%s)", (ended,))
        while another.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", (ended,)).fetchone() != (0,):
            pass
    assert _backend() != ended


def test_a_connection_that_has_lain_for_a_while_is_asked_whether_it_lives(live_db, monkeypatch):
    mine = _backend()
    monkeypatch.setattr(engine, "_TRUSTED_SECONDS", -1)
    assert _backend() == mine
