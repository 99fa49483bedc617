"""The pages of the admin that cross domains: the dashboard, the search, and a customer with everything around it."""

from flask import Response, url_for

from praho.core.contributions import CustomerPanel, SearchHit, TimelineEntry
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.permissions import ALL_STAFF, Permission
from praho.core.principal import current_principal
from praho.core.text import prefix_query
from praho.core.web import arguments, fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import reading as customers
from praho.orders.permissions import MANAGE_ORDERS
from praho.ui.navigation import Crumb

VIEW_DASHBOARD = Permission("admin.dashboard", staff=ALL_STAFF)
QUERY_BUDGETS = {"admin.dashboard": 12, "admin.search": 12, "admin.customer": 12, "admin.customer_timeline": 12}
_HITS_OF_A_SOURCE = 8
_TIMELINE_LENGTH = 30

bp = SurfaceBlueprint("admin", __name__, Surface.ADMIN, template_folder="templates")


@bp.get("/", permission=VIEW_DASHBOARD)
def dashboard() -> Response:
    """Show what the domains have to say this morning."""
    return htmx.render("admin/dashboard.html", numbers=fragments.cards("admin-numbers"), cards=fragments.cards("admin"))


@bp.get("/search", permission=VIEW_DASHBOARD)
def search() -> Response:
    """Search everything that this person may see, by the beginnings of words."""
    typed = arguments.text()
    return htmx.render("admin/search.html", "admin/_hits.html", typed=typed, groups=_hits(typed))


@bp.get("/customers/<public_id>", permission=VIEW_CUSTOMERS)
def customer(public_id: str) -> Response:
    """Show a customer with the panels and the life that all domains contribute."""
    overview = customers.overview(public_id)
    principal = current_principal()
    panels: list[CustomerPanel] = [
        panel for panel in registry().contributed("customer_panels") if principal.may(panel.permission)
    ]
    rendered = [fragments.render(panel.template, {**panel.load(overview.id), "customer": overview}) for panel in panels]
    return htmx.render(
        "admin/customer.html",
        customer=overview,
        panels=rendered,
        may_order=principal.may(MANAGE_ORDERS),
        may_edit=principal.may(MANAGE_CUSTOMERS),
        crumbs=(Crumb(_("Customers"), url_for("customers_admin.customers")), Crumb(overview.name)),
    )


@bp.get("/customers/<public_id>/timeline", permission=VIEW_CUSTOMERS)
def customer_timeline(public_id: str) -> Response:
    """Show what happened to a customer, whatever domain it happened in; the customer's page fetches it."""
    overview = customers.overview(public_id)
    return htmx.render(
        "admin/customer_timeline.html",
        "admin/_timeline.html",
        customer=overview,
        timeline=_timeline(overview.id),
        crumbs=(
            Crumb(_("Customers"), url_for("customers_admin.customers")),
            Crumb(overview.name, url_for("admin.customer", public_id=public_id)),
            Crumb(_("Timeline")),
        ),
    )


def _hits(typed: str) -> list[tuple[str, list[SearchHit]]]:
    query = prefix_query(typed)
    if query is None:
        return []
    principal = current_principal()
    found = [
        (source.name, list(source.find(query, _HITS_OF_A_SOURCE)))
        for source in registry().contributed("search")
        if principal.may(source.permission)
    ]
    return [(name, hits) for name, hits in found if hits]


def _timeline(customer_id: int) -> list[TimelineEntry]:
    principal = current_principal()
    entries = [
        entry
        for source in registry().contributed("timelines")
        if principal.may(source.permission)
        for entry in source.load(customer_id, _TIMELINE_LENGTH)
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:_TIMELINE_LENGTH]
