"""The local runner: threads of this process, woken by a commit, stopped in order, started over what a dead one left."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import exc

from praho.core.jobs import claiming, queueing
from praho.core.jobs.kinds import Again, JobHandler, JobKind, Scheduled, Tick
from praho.core.jobs.local import LocalRunner, release_local_leases
from praho.core.jobs.running import Jobs, worker_name
from praho.core.jobs.table import JobState
from tests.core.jobs.toys import NO_TIME, SAY, Said, Word, put, row
from tests.threads import SECONDS

NEVER = 3600.0  # so that a thread that was not woken does not look by itself
TICK = JobKind("test.tick", Tick)


class Heard:
    """A handler that lets a test wait for each word."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._said = threading.Condition()

    def __call__(self, payload: Word | Tick) -> None:
        with self._said:
            self.words.append(payload.word if isinstance(payload, Word) else payload.occasion)
            self._said.notify_all()

    def wait_for(self, count: int) -> bool:
        with self._said:
            return self._said.wait_for(lambda: len(self.words) >= count, SECONDS)


@contextmanager
def running(
    handler: Any, threads: int = 2, schedule: tuple[Scheduled, ...] = (), idle: float = NEVER
) -> Iterator[LocalRunner]:
    handlers = {SAY.name: JobHandler(SAY, handler), TICK.name: JobHandler(TICK, handler)}
    with started(LocalRunner(Jobs(handlers), schedule, threads, idle)) as runner:
        yield runner


@contextmanager
def started(runner: LocalRunner) -> Iterator[LocalRunner]:
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def test_a_commit_wakes_it_at_once(live_db):
    heard = Heard()
    with running(heard):
        put("first")
        assert heard.wait_for(1)
        for count in range(2, 6):
            put(str(count))
            assert heard.wait_for(count)


class Deaf(Jobs):
    """Finds nothing the first time, and is nudged in the very moment between looking and sleeping."""

    def __init__(self) -> None:
        super().__init__({})
        self.looked = threading.Semaphore(0)
        self.nudge: Callable[[int, str], None] = lambda job_id, queue: None

    def run_one(self, worker: str, **_which: object) -> bool:
        self.nudge(1, "default")
        self.nudge = lambda job_id, queue: None
        self.looked.release()
        return False


def test_a_nudge_between_looking_and_sleeping_is_not_lost(live_db):
    jobs = Deaf()
    runner = LocalRunner(jobs, (), 1, NEVER)
    jobs.nudge = runner._nudge
    with started(runner):
        for _ in range(2):
            assert jobs.looked.acquire(timeout=SECONDS)


def test_it_takes_over_what_a_killed_one_held(live_db):
    for worker in (worker_name("local"), "celery:elsewhere:1"):
        put(worker)
        claiming.claim(worker, job_id=row(worker).id)
    assert release_local_leases() == 1
    heard = Heard()
    with running(heard):
        assert heard.wait_for(1)
    assert heard.words == [worker_name("local")]
    assert row("celery:elsewhere:1").state is JobState.RUNNING


def test_stopping_finishes_what_is_in_hand_and_takes_no_more(live_db):
    begun, go_on, said = threading.Event(), threading.Event(), Said()

    def slow(payload: Word) -> None:
        begun.set()
        assert go_on.wait(SECONDS)
        said(payload)

    with running(slow, threads=1) as runner:
        put("one")
        put("two")
        assert begun.wait(SECONDS)
        stopping = threading.Thread(target=runner.stop)
        stopping.start()
        with runner._wake:
            assert runner._wake.wait_for(lambda: runner._stopping, SECONDS)
        go_on.set()
        stopping.join(SECONDS)
    assert said.words == ["one"]
    assert (row("one").state, row("two").state) == (JobState.DONE, JobState.READY)
    assert queueing._nudge is None


def test_a_failing_job_does_not_end_the_runner(live_db):
    heard = Heard()

    def handler(payload: Word) -> None:
        heard(payload)
        if payload.word == "bad":
            raise LookupError

    with running(handler, threads=1):
        put("bad")
        put("good")
        assert heard.wait_for(2)
    assert (row("bad").state, row("good").state) == (JobState.RETRY, JobState.DONE)


class Troubled(Jobs):
    """Meets the database's troubles before it finds it well again."""

    def __init__(self, heard: Heard) -> None:
        super().__init__({SAY.name: JobHandler(SAY, heard)})
        self.troubles: list[Exception] = [
            exc.OperationalError("SELECT 1", {}, Exception("gone")),
            exc.TimeoutError("no connection left in the pool"),
            exc.InterfaceError("SELECT 1", {}, Exception("closed")),
        ]

    def run_one(self, worker: str, **which: object) -> bool:
        if self.troubles:
            raise self.troubles.pop()
        return super().run_one(worker)


def test_no_trouble_of_the_database_ends_the_runner(live_db):
    heard = Heard()
    put("one")
    with started(LocalRunner(Troubled(heard), (), 1, 0.01)):
        assert heard.wait_for(1)


def test_the_schedule_goes_by_also_while_the_first_thread_is_busy(live_db, move_clock):
    heard, busy, go_on = Heard(), threading.Event(), threading.Event()

    def handler(payload: Word | Tick) -> Again | None:
        if isinstance(payload, Tick):
            heard(payload)
            return None
        if threading.current_thread().name != "jobs-0":
            return Again(0)
        busy.set()
        assert go_on.wait(SECONDS)
        return None

    move_clock("2026-03-01T12:00:00+02:00")
    put("long")
    with running(handler, schedule=(Scheduled(TICK),), idle=0.01):
        assert busy.wait(SECONDS)
        move_clock("2026-03-02T12:00:00+02:00")
        assert heard.wait_for(2)
        go_on.set()
    assert heard.words == ["2026-03-01", "2026-03-02"]


def test_an_expired_lease_hands_over_without_a_restart(live_db):
    put("one")
    claiming.claim("celery:gone:1", NO_TIME)
    heard = Heard()
    with running(heard):
        assert heard.wait_for(1)
