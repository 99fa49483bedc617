"""The work that operations gives to its own jobs."""

from dataclasses import dataclass

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class BulkRunWork:
    """The payload of a bulk run's job, by the run's public id."""

    run_id: str


FOLD_TALLIES = JobKind("operations.fold_tallies", Tick, queue=Queue.LOW)
RUN_BULK = JobKind("operations.run_bulk", BulkRunWork, queue=Queue.DEFAULT)
PRUNE = JobKind("operations.prune", Tick, queue=Queue.LOW)
