"""What domains tell about the life of a name: asked for, registered, until when."""

from collections.abc import Sequence
from datetime import datetime, time

from praho.core import clock
from praho.core.contributions import LifeSubject, TimelineEntry
from praho.core.i18n import gettext as _
from praho.core.i18n import ngettext, pgettext
from praho.domains.services import reading
from praho.models.domains import DomainName
from praho.ui.states import Tone


def tell(subject: LifeSubject) -> Sequence[TimelineEntry]:
    """Return what happened to a domain at its registry; nothing for other subjects. One query."""
    if subject.kind != "domain":
        return []
    return of(reading.shown(subject.public_id))


def of(row: DomainName) -> list[TimelineEntry]:
    """Return a domain's life as its row knows it, the oldest first."""
    told = [TimelineEntry(row.created_at, _("The registry was asked"), icon="send")]
    if row.activated_at is not None:
        years = ngettext("for %(num)s year", "for %(num)s years", row.years)
        told.append(
            TimelineEntry(row.activated_at, pgettext("life", "Registered"), years, icon="globe", tone=Tone.SUCCESS)
        )
    if row.expires_on is not None:
        over = row.expires_on < clock.today()
        told.append(
            TimelineEntry(
                datetime.combine(row.expires_on, time(23, 59), clock.BUCHAREST),
                pgettext("life", "Expired") if over else pgettext("life", "Expires"),
                icon="calendar-clock",
                tone=Tone.DANGER if over else Tone.BRAND,
                whole_day=True,
            )
        )
    return told
