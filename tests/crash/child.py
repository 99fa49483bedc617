"""What the killed and the surviving processes of the crash harness do; each function is a process's whole life."""

import importlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

from praho.core import crash
from praho.core.db import scope
from praho.core.jobs import celery_driver
from praho.core.jobs.local import LocalRunner
from praho.core.jobs.running import Jobs
from tests.crash.scenario import Scenario
from tests.threads import until

PATIENCE = 60.0
_QUEUES = "high,default,low,email,reports"

_NOT_YET = text("UPDATE core_job SET run_at = now() WHERE state IN ('ready', 'retry') AND run_at > now()")
_OPEN = text("SELECT count(*) FROM core_job WHERE state IN ('ready', 'retry', 'running')")

_compiled: Engine | None = None


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
    _leave_passages(environment)


def act(module: str, environment: Mapping[str, str], crash_at: int | None) -> None:
    """Act, and leave the jobs to the workers."""
    scenario, _ = _opened(module, environment)
    crash.arm(crash_at)
    scenario.act()
    _leave_passages(environment)


def work(module: str, environment: Mapping[str, str], crash_at: int | None) -> None:
    """Be a Celery worker until asked to end."""
    _, jobs = _opened(module, environment)
    crash.arm(crash_at)
    worker = celery_driver.application(environment["PRAHO_REDIS_URL"], jobs, ()).Worker(
        pool="solo",
        loglevel="ERROR",
        queues=_QUEUES,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    try:
        worker.start()
    finally:
        _leave_passages(environment)


@contextmanager
def quietness(database_url: str) -> Iterator[Callable[[], bool]]:
    """Yield what lets waiting jobs be due, as if hours had passed, and says whether no job is open any more."""
    watching = create_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with watching.connect() as connection:

        def all_is_quiet() -> bool:
            connection.execute(_NOT_YET)
            return bool(connection.execute(_OPEN).scalar_one() == 0)

        yield all_is_quiet


def keep_what_was_compiled() -> None:
    """Let the processes that are forked from this one use its statements for the databases of their own."""
    global _compiled
    _compiled = cast(Engine, scope._make_session.kw["bind"])
    _compiled.dispose()
    event.listen(_compiled, "do_connect", _to_our_database)


def passages(environment: Mapping[str, str]) -> list[str]:
    """Return the names of the crash points that the last process of this environment passed, if it was not killed."""
    names: list[str] = json.loads(_passages_file(environment).read_text())
    return names


def _leave_passages(environment: Mapping[str, str]) -> None:
    _passages_file(environment).write_text(json.dumps(crash.passed()))


def _passages_file(environment: Mapping[str, str]) -> Path:
    return Path(environment["PRAHO_INSTANCE_DIR"]) / "passages.json"


def _to_our_database(_dialect: Any, _record: Any, _words: Any, names: dict[str, Any]) -> None:
    names["dbname"] = make_url(os.environ["PRAHO_DATABASE_URL"]).database


def _opened(module: str, environment: Mapping[str, str]) -> tuple[Scenario, Jobs]:
    os.environ.update(environment)
    scenario = cast(Scenario, importlib.import_module(module))
    jobs = scenario.open_application()
    if _compiled is not None:
        scope.bind(_compiled)
    return scenario, jobs
