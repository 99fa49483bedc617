"""What the record offers to pages that cross domains."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from praho.audit.permissions import VIEW_AUDIT
from praho.audit.services import reading
from praho.audit.web import labels
from praho.core.contributions import Contributions, NavigationItem, TimelineEntry, TimelineSource
from praho.core.i18n import lazy_gettext as _


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.at,
            title=str(labels.action(row.action)),
            detail=reading.actor(row),
            url=url_for("audit_admin.event", public_id=row.public_id),
            icon="history",
        )
        for row in reading.history(customer_id, before, limit)
    ]


CONTRIBUTIONS = Contributions(
    navigation=(
        NavigationItem("admin", _("Audit"), "audit_admin.events", "history", VIEW_AUDIT, 97, _("Settings"), key="a"),
    ),
    timelines=(TimelineSource("audit", VIEW_AUDIT, _timeline, label=_("Audit"), icon="history", order=90, alone=True),),
)
