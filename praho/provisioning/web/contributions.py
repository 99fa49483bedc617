"""What services offer to pages that cross domains."""

from collections.abc import Mapping, Sequence

from flask import url_for

from praho.catalogue.types import CYCLE_NAMES
from praho.core.contributions import (
    Contributions,
    CustomerPanel,
    DashboardCard,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.domains.web import names
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import permissions
from praho.provisioning.services import reading
from praho.provisioning.web import columns, labels


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
    return {"rows": reading.newest(5), "labels": labels, "reading": reading, "shown": names.shown}


def _waiting() -> Mapping[str, object]:
    return {"failed": reading.failed_count()}


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "columns": columns.SERVICES,
        "labels": labels,
        "reading": reading,
        "shown": names.shown,
        "cycles": CYCLE_NAMES,
    }


def _timeline(customer_id: int, limit: int) -> Sequence[TimelineEntry]:
    return [_entry(row) for row in reading.of_customer(customer_id, limit)]


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
    search=(SearchSource("services", permissions.VIEW_SERVICES, _find, order=25),),
    cards=(
        DashboardCard(
            "services", "portal", permissions.VIEW_SERVICES, "provisioning/portal/_mine.html", _mine, order=20
        ),
        DashboardCard(
            "failed_services",
            "admin-numbers",
            permissions.MANAGE_SERVICES,
            "provisioning/admin/_waiting.html",
            _waiting,
            order=35,
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
        ),
    ),
    subject_links=(SubjectLink("service", "provisioning_admin.service", "provisioning_portal.service"),),
    timelines=(TimelineSource("services", permissions.VIEW_SERVICES, _timeline),),
)
