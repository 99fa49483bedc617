"""Keeping the call log short, and telling when operations stay undecided."""

from datetime import timedelta

from sqlalchemy import delete

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.core.i18n import ngettext
from praho.integrations import repos
from praho.models.integrations import ProviderCall
from praho.settings.services import values

CALL_LOG_DAYS = "integrations.call_log_days"
_FEWEST_DAYS, _MOST_DAYS = 7, 3650
_TOO_LONG = timedelta(hours=1)


def prune_calls() -> int:
    """Delete the lines of the call log that are older than the setting says; return how many."""
    with unit_of_work() as session:
        before = clock.now() - timedelta(days=values.integer(CALL_LOG_DAYS))
        deleted = session.execute(delete(ProviderCall).where(ProviderCall.at < before).returning(ProviderCall.id))
        return len(deleted.all())


def refused_days(text: str) -> str | None:
    """Return why a number of days is not accepted for the call log, or None."""
    if text.isascii() and text.isdecimal() and _FEWEST_DAYS <= int(text) <= _MOST_DAYS:
        return None
    return _("Please give a number of days from %(least)d to %(most)d.", least=_FEWEST_DAYS, most=_MOST_DAYS)


def undecided() -> str | None:
    """Return a sentence where operations have been open for more than an hour, else None."""
    with entered(SystemScope("health check")):
        count = repos.unsettled_since(clock.machine_now() - _TOO_LONG)
    if count == 0:
        return None
    return ngettext(
        "%(num)d provider operation has been undecided for more than an hour.",
        "%(num)d provider operations have been undecided for more than an hour.",
        count,
    )
