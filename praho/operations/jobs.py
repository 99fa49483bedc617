"""Keeping the kernel's own tables small."""

from datetime import timedelta

from praho.core.jobs import upkeep
from praho.core.jobs.kinds import Tick
from praho.core.web import form_tokens, rate_limits

# No cause of a job recurs under the same occasion after two months; a form is not open for a week.
_JOBS = timedelta(days=60)
_FORMS = timedelta(days=7)
_COUNTERS = timedelta(days=1)


def prune(_tick: Tick) -> None:
    """Delete jobs that were done long ago, spent form tokens and old rate counters."""
    while upkeep.prune_done(_JOBS):
        pass
    form_tokens.prune(_FORMS)
    rate_limits.prune(_COUNTERS)
