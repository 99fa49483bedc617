"""What becomes of jobs that name somebody who asks to be forgotten: in a payload, an occasion or an error."""

from sqlalchemy import ColumnElement

from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.table import Job
from praho.core.personal_data import Forgotten, delete, mentions


def rows(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a job names somebody, by what nobody else has: it may have work to do."""
    return mentions(whom.words, Job.payload, Job.key, Job.last_error)


RULES = (delete(Job, _("Jobs and their errors, where they name somebody"), rows),)
