"""Kills a real process at its first crash point, its second, its third …, and asks each time how things stand.

    kill_everywhere_locally("tests.journeys.paying", live_databases)

For every n a fresh database is prepared, a process acts and works until it dies at its n-th passage, and another one,
which nobody kills, repeats and finishes. n grows until a process ends by itself.
"""

import importlib
import multiprocessing
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing.context import ForkServerProcess
from typing import Any, TypeVar, cast

import celery
import redis
from sqlalchemy import text

from praho.core import crash
from praho.core.jobs import celery_driver
from praho.core.jobs.table import Queue
from tests.crash import child
from tests.crash.scenario import Scenario
from tests.fixtures.database import LiveDatabase
from tests.threads import until

Databases = Callable[[], AbstractContextManager[LiveDatabase]]
World = Callable[[], AbstractContextManager[Mapping[str, str]]]
"""The outside world of one run, and the environment by which the processes find it."""

T = TypeVar("T", bound=int)

_MOST = 500
_SWEEP_EVERY = 25
_EXPIRE = text("UPDATE core_job SET lease_until = now() - interval '1 hour' WHERE state = 'running'")

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.crash.preloaded"])


def nowhere() -> AbstractContextManager[Mapping[str, str]]:
    """Return the world of scenarios that reach nothing outside."""
    return nullcontext({})


def kill_everywhere_locally(
    module: str, databases: Databases, world: World = nowhere, *, first: int = 1, step: int = 1
) -> int:
    """Kill the one process that answers and works; return the last place of those that were tried.

    `first` and `step` pick some of the places, so that two workers can share them.
    """

    def run(database: LiveDatabase, environment: Mapping[str, str], crash_at: int | None) -> bool:
        killed = _killed(child.live, module, environment, crash_at)
        if killed:
            assert not _killed(child.live, module, environment, None)
        return killed

    return _until_it_lives(module, databases, world, run, places=range(first, _MOST, step))


def kill_requests_everywhere(module: str, databases: Databases, broker: str, world: World = nowhere) -> int:
    """Kill the process that answers, and let a Celery worker do the jobs; return how many places there were."""

    def run(database: LiveDatabase, environment: Mapping[str, str], crash_at: int | None) -> bool:
        killed = _killed(child.act, module, environment, crash_at)
        if killed:
            assert not _killed(child.act, module, environment, None)
        assert not _worked(module, environment, None, database)
        return killed

    return _until_it_lives(module, databases, world, run, broker)


def kill_workers_everywhere(module: str, databases: Databases, broker: str, world: World = nowhere) -> int:
    """Kill the Celery worker; another one follows after the leases. Return how many places there were."""

    def run(database: LiveDatabase, environment: Mapping[str, str], crash_at: int | None) -> bool:
        assert not _killed(child.act, module, environment, None)
        killed = _worked(module, environment, crash_at, database)
        if killed:
            with database.as_owner() as owner:
                owner.execute(_EXPIRE)
            assert not _worked(module, environment, None, database)
        return killed

    return _until_it_lives(module, databases, world, run, broker)


def kill_again_and_again(module: str, databases: Databases, broker: str, world: World = nowhere, *, every: int) -> int:
    """Kill request and worker at their first place, and each worker that follows at its `every`-th; then begin at the
    second place, the third …, so that each place of the life has its turn. Return how many processes were killed.

    `every` must leave a job enough places to get on with its work.
    """

    def run(database: LiveDatabase, environment: Mapping[str, str], crash_at: int | None) -> int:
        deaths = int(_killed(child.act, module, environment, crash_at))
        if deaths:
            assert not _killed(child.act, module, environment, None)
        while _worked(module, environment, crash_at, database, in_order=False):
            deaths, crash_at = deaths + 1, every
            with database.as_owner() as owner:
                owner.execute(_EXPIRE)
        return deaths

    killed = 0
    for first in range(1, every + 1):
        with databases() as database, _environment(database, broker) as own, world() as outside:
            killed += _lived(module, database, {**own, **outside}, first, run)
    return killed


def _until_it_lives(
    module: str,
    databases: Databases,
    world: World,
    run: Callable[[LiveDatabase, Mapping[str, str], int | None], bool],
    broker: str | None = None,
    places: range = range(1, _MOST),
) -> int:
    for crash_at in places:
        with databases() as database, _environment(database, broker) as own, world() as outside:
            killed = _lived(module, database, {**own, **outside}, crash_at, run)
        if not killed:
            return crash_at - places.step
    raise AssertionError(f"{module} still dies at its crash point {_MOST}")


def _lived(
    module: str,
    database: LiveDatabase,
    environment: Mapping[str, str],
    crash_at: int,
    run: Callable[[LiveDatabase, Mapping[str, str], int | None], T],
) -> T:
    """Prepare, run, and ask how things stand; return what the run returned."""
    scenario = cast(Scenario, importlib.import_module(module))
    assert not _killed(child.prepare, module, environment)
    killed = run(database, environment, crash_at)
    try:
        scenario.assert_settled()
    except AssertionError as error:
        error.add_note(f"{module} was killed at crash point {crash_at}" if killed else f"{module} was not killed")
        raise
    return killed


@contextmanager
def _environment(database: LiveDatabase, broker: str | None) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as instance:
        environment = {"PRAHO_DATABASE_URL": database.url, "PRAHO_INSTANCE_DIR": instance}
        if broker is None:
            yield environment
            return
        with redis.Redis.from_url(broker) as client:
            client.flushdb()
        yield {**environment, "PRAHO_REDIS_URL": broker}


def _started(life: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    process = _processes.Process(target=life, args=arguments)
    process.start()
    return process


def _killed(life: Callable[..., None], *arguments: Any) -> bool:
    """Run a process to its end and return whether it was killed at its crash point; any other end is a failure."""
    process = _started(life, *arguments)
    process.join(child.PATIENCE * 2)
    return _was_killed(process)


def _worked(
    module: str,
    environment: Mapping[str, str],
    crash_at: int | None,
    database: LiveDatabase,
    *,
    in_order: bool = True,
) -> bool:
    """Run a worker until it is killed or no job is open, sweeping as beat does; return whether it was killed.

    An armed worker ends `in_order` once nothing is left to be done, which takes seconds and passes its last places.
    """
    process = _started(child.work, module, environment, crash_at)
    beat = celery.Celery("beat", broker=environment["PRAHO_REDIS_URL"], set_as_current=False)
    looks = iter(range(1_000_000))

    try:
        with child.quietness(database.url) as all_is_quiet:

            def ended() -> bool:
                if next(looks) % _SWEEP_EVERY == 0:
                    beat.send_task(celery_driver.SWEEP, queue=Queue.HIGH.value)
                return not process.is_alive() or all_is_quiet()

            until(ended, child.PATIENCE)
    finally:
        beat.close()
        if crash_at is None or not in_order:
            process.kill()
        process.terminate()
        process.join(child.PATIENCE)
    return _was_killed(process)


def _was_killed(process: ForkServerProcess) -> bool:
    if process.is_alive():
        process.kill()
        raise AssertionError("a process did not come to its end")
    ended = (0, crash.EXIT_CODE, -signal.SIGTERM, -signal.SIGKILL)
    assert process.exitcode in ended, f"a process failed with {process.exitcode}; its error is above"
    return process.exitcode == crash.EXIT_CODE
