"""Keeping the kernel's own tables small, and the runs of actions over many things."""

from datetime import timedelta

from praho.core.jobs import upkeep
from praho.core.jobs.kinds import Again, Tick
from praho.core.tallies import keeping
from praho.core.web import form_tokens, rate_limits
from praho.operations.events import BulkRunWork
from praho.operations.services.bulk import running

# No cause of a job recurs under the same occasion after two months; a form is not open for a week.
_JOBS = timedelta(days=60)
_FORMS = timedelta(days=7)
_COUNTERS = timedelta(days=1)


def fold_tallies(_tick: Tick) -> None:
    """Fold what was added to the daily sums since the last time."""
    keeping.fold()


def run_bulk(work: BulkRunWork) -> Again | None:
    """Do a part of a bulk run, and come back for the rest."""
    return None if running.go_on(work.run_id) else Again(0)


def prune(_tick: Tick) -> None:
    """Delete jobs that were done long ago, spent form tokens and old rate counters."""
    while upkeep.prune_done(_JOBS):
        pass
    form_tokens.prune(_FORMS)
    rate_limits.prune(_COUNTERS)
