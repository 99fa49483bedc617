"""What domains offer to pages that cross domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from praho.core import clock
from praho.core.contributions import (
    AgendaEntry,
    Contributions,
    CustomerPanel,
    DashboardCard,
    HealthCheck,
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
from praho.domains import permissions
from praho.domains.services import closing, nameservers, reading
from praho.domains.web import columns, desk, labels, lives, names, recorded
from praho.models.domains import DomainName, DomainState

SOON = timedelta(days=30)
"""How long before it expires a domain is shown as one that does."""


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            gettext("Domain"),
            names.shown(row.name),
            str(labels.STATES[row.state].label),
            url_for("domains_admin.domain", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _mine() -> Mapping[str, object]:
    rows, counts = reading.at_a_glance(5)
    return {
        "rows": rows,
        "held": counts[DomainState.ACTIVE],
        "registering": counts[DomainState.REGISTERING],
        "failed": counts[DomainState.FAILED],
        "labels": labels,
        "shown": names.shown,
        "soon": clock.today() + SOON,
    }


def _expiries(values: Mapping[str, Any]) -> Sequence[AgendaEntry]:
    return [
        AgendaEntry(
            "expiry",
            row.expires_on,
            gettext("%(name)s expires", name=names.shown(row.name)),
            "",
            url_for("domains_portal.domain", public_id=row.public_id),
            "globe",
        )
        for row in values["rows"]
        if row.expires_on is not None
    ]


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "columns": columns.DOMAINS,
        "labels": labels,
        "shown": names.shown,
    }


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [_entry(row) for row in reading.history(customer_id, before, limit)]


def _entry(row: DomainName) -> TimelineEntry:
    name, active = names.shown(row.name), row.state is DomainState.ACTIVE
    return TimelineEntry(
        at=row.activated_at or row.created_at,
        title=gettext("%(name)s registered", name=name) if active else gettext("%(name)s ordered", name=name),
        detail="" if active else str(labels.STATES[row.state].label),
        url=url_for("domains_admin.domain", public_id=row.public_id),
        icon="globe",
    )


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    search=(SearchSource("domains", permissions.VIEW_DOMAINS, _find, order=30),),
    cards=(
        DashboardCard(
            "domains",
            "portal",
            permissions.VIEW_DOMAINS,
            "domains/portal/_mine.html",
            _mine,
            order=40,
            number="domains/portal/_number.html",
            agenda=_expiries,
        ),
    ),
    customer_panels=(
        CustomerPanel(
            "domains",
            _("Domains"),
            permissions.VIEW_DOMAINS,
            "domains/admin/_customer_panel.html",
            _of_customer,
            order=25,
        ),
    ),
    navigation=(
        NavigationItem("portal", _("Domains"), "domains_portal.domains", "globe", permissions.VIEW_DOMAINS, 20),
        NavigationItem(
            "admin",
            _("Domains"),
            "domains_admin.domains",
            "globe",
            permissions.VIEW_DOMAINS,
            31,
            _("Services"),
            key="d",
        ),
    ),
    subject_links=(SubjectLink("domain", "domains_admin.domain", "domains_portal.domain"),),
    lives=(LifeSource("domains", permissions.VIEW_DOMAINS, lives.tell),),
    timelines=(
        TimelineSource("domains", permissions.VIEW_DOMAINS, _timeline, label=_("Domains"), icon="globe", order=50),
    ),
    attention=desk.ATTENTION,
    obstacles=(ClosingObstacle("domains", closing.open_of),),
    bulk_actions=desk.BULK,
    health_checks=(HealthCheck("nameservers", nameservers.still_the_example),),
)
