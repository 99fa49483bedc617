"""What provisioning tells about the life of a service: set up, its access data shown, paid until when."""

from collections.abc import Sequence
from datetime import datetime, time

from praho.core import clock
from praho.core.contributions import LifeSubject, TimelineEntry
from praho.core.i18n import gettext as _
from praho.core.i18n import pgettext
from praho.models.provisioning import Service, ServiceState
from praho.provisioning.services import reading
from praho.ui.states import Tone


def tell(subject: LifeSubject) -> Sequence[TimelineEntry]:
    """Return what happened to a service at its provider; nothing for other subjects. One query."""
    if subject.kind != "service":
        return []
    return of(reading.shown(subject.public_id))


def of(row: Service) -> list[TimelineEntry]:
    """Return a service's life as its row knows it, the oldest first."""
    told = [TimelineEntry(row.created_at, _("Setting up began"), row.label, icon="loader-circle")]
    if row.activated_at is not None:
        told.append(
            TimelineEntry(
                row.activated_at, pgettext("life", "Set up"), row.username or "", icon="rocket", tone=Tone.SUCCESS
            )
        )
    if row.credentials_revealed_at is not None:
        told.append(TimelineEntry(row.credentials_revealed_at, _("Access data shown"), icon="key-round"))
    last = reading.last_day(row)
    if last is not None and row.state is ServiceState.ACTIVE:
        over = last < clock.today()
        told.append(
            TimelineEntry(
                datetime.combine(last, time(23, 59), clock.BUCHAREST),
                _("The paid term ended") if over else _("Last paid day"),
                icon="calendar-clock",
                tone=Tone.WARNING if over else Tone.BRAND,
                whole_day=True,
            )
        )
    return told
