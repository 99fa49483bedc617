"""What services offer to pages that cross domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from praho.catalogue.types import CYCLE_NAMES
from praho.core import clock
from praho.core.contributions import (
    AgendaEntry,
    Contributions,
    CustomerPanel,
    DashboardCard,
    LifeSource,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.desk import ClosingObstacle
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.domains.web import names
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import permissions
from praho.provisioning.services import closing, reading
from praho.provisioning.web import columns, desk, labels, lives, recorded

SOON = timedelta(days=30)
"""How long before its end a paid term is shown as one that ends."""


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            gettext("Service"),
            row.label,
            " · ".join((names.shown(row.domain_name or ""), str(labels.STATES[row.state].label))),
            url_for("provisioning_admin.service", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _mine() -> Mapping[str, object]:
    rows, counts = reading.at_a_glance(5)
    return {
        "rows": rows,
        "running": counts[ServiceState.ACTIVE],
        "creating": counts[ServiceState.CREATING],
        "failed": counts[ServiceState.FAILED],
        "labels": labels,
        "reading": reading,
        "shown": names.shown,
        "soon": clock.today() + SOON,
    }


def _term_ends(values: Mapping[str, Any]) -> Sequence[AgendaEntry]:
    return [
        AgendaEntry(
            "expiry",
            last,
            gettext("Hosting of %(name)s ends", name=names.shown(row.domain_name) if row.domain_name else row.label),
            row.label,
            url_for("provisioning_portal.service", public_id=row.public_id),
            "server",
        )
        for row in values["rows"]
        if (last := reading.last_day(row)) is not None
    ]


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "columns": columns.SERVICES,
        "labels": labels,
        "reading": reading,
        "shown": names.shown,
        "cycles": CYCLE_NAMES,
    }


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [_entry(row) for row in reading.history(customer_id, before, limit)]


def _entry(row: Service) -> TimelineEntry:
    active = row.state is ServiceState.ACTIVE
    return TimelineEntry(
        at=row.activated_at or row.created_at,
        title=gettext("%(name)s set up", name=row.label) if active else gettext("%(name)s ordered", name=row.label),
        detail=names.shown(row.domain_name or "") if active else str(labels.STATES[row.state].label),
        url=url_for("provisioning_admin.service", public_id=row.public_id),
        icon="server",
    )


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    search=(SearchSource("services", permissions.VIEW_SERVICES, _find, order=25),),
    cards=(
        DashboardCard(
            "services",
            "portal",
            permissions.VIEW_SERVICES,
            "provisioning/portal/_mine.html",
            _mine,
            order=30,
            number="provisioning/portal/_number.html",
            agenda=_term_ends,
        ),
    ),
    customer_panels=(
        CustomerPanel(
            "services",
            _("Services"),
            permissions.VIEW_SERVICES,
            "provisioning/admin/_customer_panel.html",
            _of_customer,
            order=20,
        ),
    ),
    navigation=(
        NavigationItem(
            "portal", _("Services"), "provisioning_portal.services", "server", permissions.VIEW_SERVICES, 10
        ),
        NavigationItem(
            "admin",
            _("Services"),
            "provisioning_admin.services",
            "server",
            permissions.VIEW_SERVICES,
            30,
            _("Services"),
            key="s",
        ),
    ),
    subject_links=(SubjectLink("service", "provisioning_admin.service", "provisioning_portal.service"),),
    lives=(LifeSource("services", permissions.VIEW_SERVICES, lives.tell),),
    timelines=(
        TimelineSource("services", permissions.VIEW_SERVICES, _timeline, label=_("Services"), icon="server", order=40),
    ),
    attention=desk.ATTENTION,
    obstacles=(ClosingObstacle("services", closing.open_of),),
    bulk_actions=desk.BULK,
)
