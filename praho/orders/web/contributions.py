"""What orders offer to pages that cross domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import url_for

from praho.core.contributions import (
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
from praho.core.formatting import amount
from praho.core.i18n import current_locale, gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.permissions import PUBLIC
from praho.orders import permissions
from praho.orders.services import ageing, closing, currencies, reading
from praho.orders.web import desk, labels, lives, recorded

_SHOP = (
    NavigationItem("storefront", _("Hosting"), "storefront.hosting", "server", PUBLIC, 10),
    NavigationItem("storefront", _("Domains"), "storefront.domains", "globe", PUBLIC, 20),
)


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            gettext("Order"),
            row.number,
            f"{labels.ORDER_STATES[row.state].label} · {amount(reading.total_of(row), current_locale())}",
            url_for("orders_admin.order", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _under_way() -> Mapping[str, object]:
    return {"rows": reading.under_way(3), "labels": labels}


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {"rows": reading.of_customer(customer_id, 10), "labels": labels, "total_of": reading.total_of}


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.created_at,
            title=gettext("Order %(number)s placed", number=row.number),
            detail=amount(reading.total_of(row), current_locale()),
            url=url_for("orders_admin.order", public_id=row.public_id),
            icon="shopping-bag",
        )
        for row in reading.history(customer_id, before, limit)
    ]


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    search=(SearchSource("orders", permissions.VIEW_ORDERS, _find, order=30),),
    cards=(
        DashboardCard(
            "orders_under_way", "portal", permissions.VIEW_ORDERS, "orders/portal/_under_way.html", _under_way, order=20
        ),
    ),
    customer_panels=(
        CustomerPanel(
            "orders", _("Orders"), permissions.VIEW_ORDERS, "orders/admin/_customer_panel.html", _of_customer, order=20
        ),
    ),
    navigation=(
        *_SHOP,
        NavigationItem("portal", _("Orders"), "orders_portal.orders", "shopping-bag", permissions.VIEW_ORDERS, 40),
        NavigationItem(
            "admin", _("Orders"), "orders_admin.orders", "shopping-bag", permissions.VIEW_ORDERS, 20, key="o"
        ),
    ),
    subject_links=(SubjectLink("order", "orders_admin.order", "orders_portal.order"),),
    lives=(LifeSource("orders", permissions.VIEW_ORDERS, lives.tell),),
    timelines=(
        TimelineSource("orders", permissions.VIEW_ORDERS, _timeline, label=_("Orders"), icon="shopping-bag", order=10),
    ),
    attention=desk.ATTENTION,
    obstacles=(ClosingObstacle("orders", closing.open_of),),
    trends=desk.TRENDS,
    actions=desk.ACTIONS,
    bulk_actions=desk.BULK,
    health_checks=(HealthCheck("orders", ageing.stuck_orders), HealthCheck("currencies", currencies.alarm)),
)
