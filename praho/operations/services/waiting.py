"""Jobs that may wait for a human, as statements that count them."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.core.jobs.table import Job, JobState


def dead() -> Select[Any]:
    """Count the jobs that gave up."""
    return counting(Job, Job.state == JobState.DEAD)
