"""What the killed and the surviving processes of the crash harness do; each function is a process's whole life."""

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from praho.core import crash
from praho.core.jobs import celery_driver
from praho.core.jobs.local import LocalRunner
from praho.core.jobs.running import Jobs
from tests.crash.scenario import Scenario
from tests.threads import until

PATIENCE = 60.0
_QUEUES = "high,default,low,email,reports"

_NOT_YET = text("UPDATE core_job SET run_at = now() WHERE state IN ('ready', 'retry') AND run_at > now()")
_OPEN = text("SELECT count(*) FROM core_job WHERE state IN ('ready', 'retry', 'running')")


def prepare(module: str, environment: Mapping[str, str]) -> None:
    """Insert what was there before."""
    scenario, _ = _opened(module, environment)
    scenario.prepare()


def live(module: str, environment: Mapping[str, str], crash_at: int | None) -> None:
    """Act, then run jobs by the local runner until none is open."""
    scenario, jobs = _opened(module, environment)
    crash.arm(crash_at)
    scenario.act()
    runner = LocalRunner(jobs, (), threads=1, idle_seconds=0.01)
    runner.start()
    with quietness(environment["PRAHO_DATABASE_URL"]) as all_is_quiet:
        until(all_is_quiet, PATIENCE)
    runner.stop()


def act(module: str, environment: Mapping[str, str], crash_at: int | None) -> None:
    """Act, and leave the jobs to the workers."""
    scenario, _ = _opened(module, environment)
    crash.arm(crash_at)
    scenario.act()


def work(module: str, environment: Mapping[str, str], crash_at: int | None) -> None:
    """Be a Celery worker until asked to end."""
    _, jobs = _opened(module, environment)
    crash.arm(crash_at)
    worker = celery_driver.application(environment["PRAHO_REDIS_URL"], jobs, ())
    words = ("--pool", "solo", "--loglevel", "error", "--without-gossip", "--without-mingle", "--without-heartbeat")
    worker.worker_main(["--quiet", "worker", "-Q", _QUEUES, *words])


@contextmanager
def quietness(database_url: str) -> Iterator[Callable[[], bool]]:
    """Yield what lets waiting jobs be due, as if hours had passed, and says whether no job is open any more."""
    watching = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with watching.connect() as connection:

        def all_is_quiet() -> bool:
            connection.execute(_NOT_YET)
            return bool(connection.execute(_OPEN).scalar_one() == 0)

        yield all_is_quiet


def _opened(module: str, environment: Mapping[str, str]) -> tuple[Scenario, Jobs]:
    os.environ.update(environment)
    scenario = cast(Scenario, importlib.import_module(module))
    return scenario, scenario.open_application()
