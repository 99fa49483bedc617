"""The jobs of the demonstration's story, done at once and at the story's own time."""

from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.running import Jobs, worker_name
from praho.operations import repos

SCOPE = SystemScope("demo")
# What a local worker that was killed holds is freed by the next one that starts.
_WORKER = worker_name("local")


def do_all() -> int:
    """Run what is due until nothing is, and return how many jobs that were; outside any scope."""
    jobs = Jobs(registry().job_handlers)
    done = 0
    while lot := jobs.run_many(_WORKER):
        done += lot
    return done


def give_up_on(kind: JobKind[Any]) -> bool:
    """Spend the patience with the oldest job of a kind that waits for another try: its next failure is its last.

    The days of trying in between are skipped; the last try is made. Returns False where no such job waits. Outside
    any scope.
    """
    with entered(SCOPE), unit_of_work():
        found = repos.first_waiting(kind.name)
        row = None if found is None else repos.locked_waiting(found)
        if row is None:
            return False
        row.failures = row.max_failures - 1
        row.run_at = clock.machine_now()
    return Jobs(registry().job_handlers).run_one(_WORKER, job_id=found)
