"""Kills a real process at each place of its life where that makes a difference, and asks how things stand.

    kill_everywhere_locally("tests.journeys.paying", live_databases)

A process that nobody kills shows the crash points of the life. For each of them a fresh database is prepared, a process
acts and works until it dies there, and another one, which nobody kills, repeats and finishes. Of places between which
nothing leaves the process (`_NOTHING_BETWEEN`) only the first is tried, unless PRAHO_TEST_EVERY_PLACE is set.
"""

import importlib
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import cast

import celery
import redis
from sqlalchemy import text

from praho.core import crash
from praho.core.jobs import celery_driver
from praho.core.jobs.table import Queue
from tests.crash import child
from tests.crash.forebear import Forebear, Life, forebear
from tests.crash.scenario import Scenario
from tests.fixtures.database import LiveDatabase
from tests.threads import until

Databases = Callable[[], AbstractContextManager[LiveDatabase]]
World = Callable[[], AbstractContextManager[Mapping[str, str]]]
"""The outside world of one run, and the environment by which the processes find it."""

Run = Callable[[Forebear, LiveDatabase, Mapping[str, str], int], bool]

_NEVER = 1_000_000
_NOTHING_BETWEEN = {
    ("unit_of_work.after_commit", "job.claimed"),
    ("job.handled", "unit_of_work.before_commit"),
    ("unit_of_work.after_commit", "job.recorded"),
    ("job.recorded", "unit_of_work.before_commit"),
}
_SWEEP_EVERY = 10
_EXPIRE = text("UPDATE core_job SET lease_until = now() - interval '1 hour' WHERE state = 'running'")


def nowhere() -> AbstractContextManager[Mapping[str, str]]:
    """Return the world of scenarios that reach nothing outside."""
    return nullcontext({})


def kill_everywhere_locally(
    module: str, databases: Databases, world: World = nowhere, *, first: int = 1, step: int = 1
) -> list[str]:
    """Kill the one process that answers and works; return the crash points of its life.

    `first` and `step` pick some of the places, so that several tests can share them.
    """

    def run(lives: Forebear, _database: LiveDatabase, environment: Mapping[str, str], crash_at: int) -> bool:
        killed = _killed(lives, child.live, environment, crash_at)
        if killed:
            assert not _killed(lives, child.live, environment, None)
        return killed

    return _kill_everywhere(module, databases, world, run, first=first, step=step)


def kill_requests_everywhere(module: str, databases: Databases, broker: str, world: World = nowhere) -> list[str]:
    """Kill the process that answers, and let a Celery worker do the jobs; return the crash points of its life."""

    def run(lives: Forebear, database: LiveDatabase, environment: Mapping[str, str], crash_at: int) -> bool:
        killed = _killed(lives, child.act, environment, crash_at)
        if killed:
            assert not _killed(lives, child.act, environment, None)
        assert not _worked(lives, environment, None, database)
        return killed

    return _kill_everywhere(module, databases, world, run, broker)


def kill_workers_everywhere(
    module: str, databases: Databases, broker: str, world: World = nowhere, *, first: int = 1, step: int = 1
) -> list[str]:
    """Kill the Celery worker; another one follows after the leases. Return the crash points of its life."""

    def run(lives: Forebear, database: LiveDatabase, environment: Mapping[str, str], crash_at: int) -> bool:
        assert not _killed(lives, child.act, environment, None)
        killed = _worked(lives, environment, crash_at, database)
        if killed:
            with database.as_owner() as owner:
                owner.execute(_EXPIRE)
            assert not _worked(lives, environment, None, database)
        return killed

    return _kill_everywhere(module, databases, world, run, broker, first=first, step=step)


def _kill_everywhere(
    module: str,
    databases: Databases,
    world: World,
    run: Run,
    broker: str | None = None,
    *,
    first: int = 1,
    step: int = 1,
) -> list[str]:
    scenario = cast(Scenario, importlib.import_module(module))

    def lived(lives: Forebear, crash_at: int) -> list[str]:
        with databases() as database, _environment(database, broker) as own, world() as outside:
            environment = {**own, **outside}
            scenario.prepare()
            killed = run(lives, database, environment, crash_at)
            assert killed == (crash_at != _NEVER), f"no process came to its crash point {crash_at}"
            _assert_settled(scenario, module, crash_at if killed else None)
            return [] if killed else child.passages(environment)

    with ExitStack() as stack:
        with databases() as database, _environment(database) as own, world() as outside:
            scenario.prepare()
            lives = stack.enter_context(forebear(module, {**own, **outside}))
            _assert_settled(scenario, module, None)
        names = lived(lives, _NEVER)
        for place in places(names)[first - 1 :: step]:
            lived(lives, place)
    return names


def places(names: list[str]) -> list[int]:
    """Return the numbers of the crash points to be tried."""
    before = [None, *names]
    every = "PRAHO_TEST_EVERY_PLACE" in os.environ
    return [n for n, pair in enumerate(zip(before, names, strict=False), 1) if every or pair not in _NOTHING_BETWEEN]


def _assert_settled(scenario: Scenario, module: str, crash_at: int | None) -> None:
    try:
        scenario.assert_settled()
    except AssertionError as error:
        error.add_note(f"{module} was " + ("not killed" if crash_at is None else f"killed at crash point {crash_at}"))
        raise


@contextmanager
def _environment(database: LiveDatabase, broker: str | None = None) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as instance:
        environment = {"PRAHO_DATABASE_URL": database.url, "PRAHO_INSTANCE_DIR": instance}
        if broker is None:
            yield environment
            return
        with redis.Redis.from_url(broker) as client:
            client.flushdb()
        yield {**environment, "PRAHO_REDIS_URL": broker}


def _killed(lives: Forebear, life: Life, environment: Mapping[str, str], crash_at: int | None) -> bool:
    """Run a process to its end and return whether it was killed at its crash point; any other end is a failure."""
    pid = lives.start(life, environment, crash_at)
    return _was_killed(lives, pid)


def _worked(lives: Forebear, environment: Mapping[str, str], crash_at: int | None, database: LiveDatabase) -> bool:
    """Run a worker until it is killed or no job is open, sweeping as beat does; return whether it was killed.

    An armed worker is asked to end once nothing is left to be done, which passes its last places.
    """
    pid = lives.start(child.work, environment, crash_at)
    beat = celery.Celery("beat", broker=environment["PRAHO_REDIS_URL"], set_as_current=False)
    looks = iter(range(1_000_000))

    try:
        with child.quietness(database.url) as all_is_quiet:

            def ended() -> bool:
                if next(looks) % _SWEEP_EVERY == 0:
                    beat.send_task(celery_driver.SWEEP, queue=Queue.HIGH.value)
                return lives.has_ended(pid) or all_is_quiet()

            until(ended, child.PATIENCE)
    finally:
        beat.close()
        if not lives.has_ended(pid):
            os.kill(pid, signal.SIGKILL if crash_at is None else signal.SIGTERM)
    return _was_killed(lives, pid)


def _was_killed(lives: Forebear, pid: int) -> bool:
    code = lives.exit_code(pid, child.PATIENCE * 2)
    if code is None:
        os.kill(pid, signal.SIGKILL)
        raise AssertionError("a process did not come to its end")
    assert code in (0, crash.EXIT_CODE, -signal.SIGTERM, -signal.SIGKILL), (
        f"a process failed with {code}; its error is above"
    )
    return code == crash.EXIT_CODE
