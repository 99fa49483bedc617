"""The Celery driver with a real Redis and real workers: woken at once, and nothing lost or doubled without them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from praho.config import ROOT
from praho.core.jobs import celery_driver, queueing
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.table import JobState
from tests.core.jobs.toys import Word, put, row
from tests.fixtures.database import LiveDatabase
from tests.fixtures.redis import RedisServer
from tests.threads import until

LIMIT = 0.3
PATIENCE = 60.0
QUEUES = "high,default,low,email,reports"


class Toy:
    """Starts workers and beat of an application, and hears what its jobs say."""

    def __init__(self, folder: Path, stack: ExitStack, broker: str, database: str) -> None:
        self.hold = folder / "hold"
        self._ear = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        self._ear.bind(str(folder / "ear"))
        self._ear.settimeout(PATIENCE)
        self._stack = stack
        self._environment = {
            **os.environ,
            "PRAHO_TEST_TOY_BROKER": broker,
            "PRAHO_TEST_TOY_DATABASE": database,
            "PRAHO_TEST_TOY_EAR": str(folder / "ear"),
            "PRAHO_TEST_TOY_HOLD": str(self.hold),
        }

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker of every queue."""
        return self._stack.enter_context(celery("tests.core.jobs.celery_toy", self._environment, *WORKER))

    def beat(self) -> None:
        """Start the clock of the sweeps."""
        self._stack.enter_context(celery("tests.core.jobs.celery_toy", self._environment, "beat"))

    def heard(self) -> str:
        """Return the next word that a job says."""
        return self._ear.recv(100).decode()

    def is_silent(self) -> bool:
        """Whether no job has said anything that was not heard yet."""
        self._ear.setblocking(False)
        try:
            self._ear.recv(100)
        except BlockingIOError:
            return True
        finally:
            self._ear.settimeout(PATIENCE)
        return False


WORKER = ("worker", "-Q", QUEUES, "--concurrency", "1", "--without-gossip", "--without-mingle")


@contextmanager
def celery(module: str, environment: dict[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery program in a process group of its own, which ends with the block."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", module, *words]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        finish(process)


def finish(process: subprocess.Popen[bytes]) -> None:
    """Let a worker finish what it has in hand."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and its children at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


@pytest.fixture
def toy(live_db: LiveDatabase, redis_broker: RedisServer) -> Iterator[Toy]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        queueing.use_nudge(celery_driver.Nudge(redis_broker.url, rest_seconds=0.1))
        yield Toy(Path(folder), stack, redis_broker.url, live_db.url)


@pytest.mark.slow
@pytest.mark.redis
def test_a_commit_wakes_a_worker(toy):
    toy.worker()
    for word in ("one", "two", "three"):
        put(word)
        assert toy.heard() == word


@pytest.mark.slow
@pytest.mark.redis
def test_without_redis_a_commit_is_not_held_up_and_the_sweep_does_the_job_later(toy, redis_broker):
    worker = toy.worker()
    toy.beat()
    put("before")
    assert toy.heard() == "before"
    redis_broker.stop()
    for word in ("one", "two", "three"):
        started = time.monotonic()
        put(word)
        assert time.monotonic() - started < LIMIT
    assert toy.is_silent()
    redis_broker.start()
    assert [toy.heard() for _ in range(3)] == ["one", "two", "three"]
    put("after")
    assert toy.heard() == "after"
    finish(worker)
    assert {row(word).state for word in ("before", "one", "two", "three", "after")} == {JobState.DONE}
    assert toy.is_silent()


@pytest.mark.slow
@pytest.mark.redis
def test_a_worker_killed_in_the_middle_leaves_its_job_to_the_next_after_the_lease(toy):
    toy.hold.touch()
    worker = toy.worker()
    put("one")
    assert toy.heard() == "one"
    kill(worker)
    assert (row("one").state, row("one").attempts) == (JobState.RUNNING, 1)
    toy.hold.unlink()
    replacement = toy.worker()
    toy.beat()
    assert toy.heard() == "one"
    finish(replacement)
    assert (row("one").state, row("one").attempts) == (JobState.DONE, 2)
    assert toy.is_silent()


@pytest.mark.slow
@pytest.mark.redis
def test_the_applications_own_worker_and_beat_serve_the_table(live_db, redis_broker, tmp_path):
    environment = {
        **os.environ,
        "PRAHO_DATABASE_URL": live_db.url,
        "PRAHO_REDIS_URL": redis_broker.url,
        "PRAHO_INSTANCE_DIR": str(tmp_path),
    }
    kind = JobKind("test.nobody", Word)
    put("one", kind)
    with celery("praho.worker", environment, *WORKER), celery("praho.worker", environment, "beat"):
        until(lambda: row("one", kind).state is JobState.RETRY, PATIENCE)
    assert "no handler" in row("one", kind).last_error


def test_the_worker_says_in_one_sentence_that_it_has_no_broker(live_db, tmp_path):
    environment = {**os.environ, "PRAHO_DATABASE_URL": live_db.url, "PRAHO_INSTANCE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "praho.worker", "worker"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode != 0
    assert "PRAHO_REDIS_URL is not set" in done.stderr
    assert "Traceback" not in done.stderr
