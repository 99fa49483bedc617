"""What domains offer to pages that cross domains."""

from collections.abc import Mapping, Sequence

from flask import url_for

from praho.core.contributions import (
    Contributions,
    CustomerPanel,
    DashboardCard,
    HealthCheck,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.domains import permissions
from praho.domains.services import nameservers, reading
from praho.domains.web import columns, labels, names
from praho.models.domains import DomainName, DomainState


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
    return {"rows": reading.newest(5), "labels": labels, "shown": names.shown}


def _waiting() -> Mapping[str, object]:
    return {"failed": reading.failed_count()}


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "columns": columns.DOMAINS,
        "labels": labels,
        "shown": names.shown,
    }


def _timeline(customer_id: int, limit: int) -> Sequence[TimelineEntry]:
    return [_entry(row) for row in reading.of_customer(customer_id, limit)]


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
    search=(SearchSource("domains", permissions.VIEW_DOMAINS, _find, order=30),),
    cards=(
        DashboardCard("domains", "portal", permissions.VIEW_DOMAINS, "domains/portal/_mine.html", _mine, order=30),
        DashboardCard(
            "failed_domains",
            "admin-numbers",
            permissions.MANAGE_DOMAINS,
            "domains/admin/_waiting.html",
            _waiting,
            order=40,
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
            "admin", _("Domains"), "domains_admin.domains", "globe", permissions.VIEW_DOMAINS, 31, _("Services")
        ),
    ),
    subject_links=(SubjectLink("domain", "domains_admin.domain", "domains_portal.domain"),),
    timelines=(TimelineSource("domains", permissions.VIEW_DOMAINS, _timeline),),
    health_checks=(HealthCheck("nameservers", nameservers.still_the_example),),
)
