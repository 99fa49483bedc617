"""`praho run` as a person starts it: a real process, its own database, kills and second starts."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from praho.config import ROOT
from praho.core.db import embedded
from tests.fixtures.server import Server

PATIENCE_SECONDS = 90


@pytest.fixture
def instance() -> Iterator[Path]:
    """An open folder, so that the database lies in it also when we are root."""
    path = Path(tempfile.mkdtemp(prefix="praho-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    if server := embedded.running(path / "postgres"):
        server.stop()
    shutil.rmtree(path)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(instance: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRAHO_")}
    settings = {"PRAHO_INSTANCE_DIR": str(instance), "PRAHO_PORT": str(port), "PRAHO_DEMO_SIZE": "3"}
    return {**kept, **settings, **more}


@contextlib.contextmanager
def started(instance: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A running `praho run`, killed at the end where the test has not ended it."""
    log = instance / f"run-{time.monotonic_ns()}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "praho", "run"],
            cwd="/",
            env=environment(instance, port, **more),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        until_healthy(process, port, log)
        yield process
    finally:
        process.kill()
        process.wait()


def until_healthy(process: subprocess.Popen[str], port: int, log: Path) -> None:
    """The port answers as soon as it is taken, and then only when the application does: a blocking wait."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(health(port), timeout=PATIENCE_SECONDS) as answer:
            assert answer.status == 200
            assert isinstance(json.load(answer), dict)
            return
    raise AssertionError(log.read_text())


def health(port: int) -> str:
    return f"http://127.0.0.1:{port}/health/"


def refused(instance: Path, port: int, **more: str) -> str:
    """The one sentence of a start that must end by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "praho", "run"],
        cwd="/",
        env=environment(instance, port, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


@pytest.mark.slow
def test_it_starts_again_after_a_kill_and_ends_in_order(instance: Path, port: int):
    with started(instance, port) as first:
        assert "runs already" in refused(instance, port + 1)
        orphan = embedded.running(instance / "postgres")
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert orphan is not None
    with started(instance, port) as second:
        assert embedded.running(instance / "postgres") == orphan
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE_SECONDS) == 0
    assert embedded.running(instance / "postgres") is None
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(health(port), timeout=5)


@pytest.mark.slow
def test_an_outside_database_serves_the_same(instance: Path, port: int, server: Server):
    name = server.create("run")
    try:
        with started(instance, port, PRAHO_DATABASE_URL=server.database_url(name)) as process:
            assert not (instance / "postgres").exists()
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        server.drop(name)


def test_troubles_are_said_before_anything_is_made(instance: Path, port: int):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert "is taken" in refused(instance, port)
    assert "Demo logins are refused" in refused(instance, port, PRAHO_HOST="0.0.0.0")
    assert "did you mean PRAHO_DEMO" in refused(instance, port, PRAHO_DEMOS="1")
    silent = "postgresql://praho@127.0.0.1:1/praho"
    assert "does not answer" in refused(instance, port, PRAHO_DATABASE_URL=silent)
    assert "no PostgreSQL address" in refused(instance, port, PRAHO_DATABASE_URL="mysql://127.0.0.1/praho")
    assert not (instance / "postgres").exists()


def test_the_module_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "praho", "env-example"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == (ROOT / ".env.example").read_text()
