"""How the audit record names what is done to jobs and work on many rows."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("bulk.started", _("Began work on many rows")),
    RecordedAction("job.retried", _("Tried a job again")),
)
