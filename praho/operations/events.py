"""The work that operations gives to its own jobs."""

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue

PRUNE = JobKind("operations.prune", Tick, queue=Queue.LOW)
