"""The pages of the admin that cross domains: the dashboard, the search, and a customer with everything around it."""

from flask import Response, url_for

from praho.admin import history, morning, palette
from praho.core import clock
from praho.core.contributions import CustomerPanel
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.permissions import ALL_STAFF, Permission
from praho.core.principal import current_principal
from praho.core.web import arguments, fragments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import reading as customers
from praho.customers.web import at_hand
from praho.models.customers import CustomerState
from praho.orders.permissions import MANAGE_ORDERS
from praho.settings.permissions import VIEW_SETTINGS
from praho.settings.services import company
from praho.ui.navigation import Crumb

VIEW_DASHBOARD = Permission("admin.dashboard", staff=ALL_STAFF)
QUERY_BUDGETS = {"admin.dashboard": 8, "admin.search": 8, "admin.customer": 12, "admin.customer_timeline": 12}

_NOON, _EVENING = 12, 18

bp = SurfaceBlueprint("admin", __name__, Surface.ADMIN, template_folder="templates")


@bp.get("/", permission=VIEW_DASHBOARD)
def dashboard() -> Response:
    """Show the morning: the money, what waits for a human, how business goes."""
    return htmx.render(
        "admin/dashboard.html",
        morning=morning.look(),
        today=clock.today(),
        greeting=_greeting(),
        cards=fragments.cards("admin"),
        missing=company.missing() if current_principal().may(VIEW_SETTINGS) else [],
    )


@bp.get("/alarms", permission=VIEW_DASHBOARD)
def alarms() -> Response:
    """Show what the checks of all domains have to say; the dashboard fetches it."""
    found = [sentence for check in registry().contributed("health_checks") if (sentence := check.run()) is not None]
    return htmx.render(
        "admin/alarms.html",
        "admin/_alarms.html",
        alarms=found,
        crumbs=(Crumb(_("Dashboard"), url_for(".dashboard")), Crumb(_("Alarms"))),
    )


@bp.get("/search", permission=VIEW_DASHBOARD)
def search() -> Response:
    """Search everything that this person may see, by the beginnings of words."""
    typed = arguments.text()
    return htmx.render("admin/search.html", "admin/_hits.html", typed=typed, groups=palette.find(typed))


@bp.get("/customers/<public_id>", permission=VIEW_CUSTOMERS)
def customer(public_id: str) -> Response:
    """Show a customer with the panels and the life that all domains contribute."""
    overview = customers.overview(public_id)
    at_hand.keep(overview)
    principal = current_principal()
    panels: list[CustomerPanel] = [
        panel for panel in registry().contributed("customer_panels") if principal.may(panel.permission)
    ]
    rendered = {
        aside: [
            fragments.render(panel.template, {**panel.load(overview.id), "customer": overview})
            for panel in panels
            if panel.aside is aside
        ]
        for aside in (False, True)
    }
    return htmx.render(
        "admin/customer.html",
        customer=overview,
        panels=rendered[False],
        aside=rendered[True],
        namesakes=customers.same_company(overview.id, overview.cui),
        may_order=principal.may(MANAGE_ORDERS) and overview.state is CustomerState.ACTIVE,
        may_edit=principal.may(MANAGE_CUSTOMERS),
        crumbs=(Crumb(_("Customers"), url_for("customers_admin.customers")), Crumb(overview.name)),
    )


@bp.get("/customers/<public_id>/timeline", permission=VIEW_CUSTOMERS)
def customer_timeline(public_id: str) -> Response:
    """Show what happened to a customer, whatever domain it happened in; `only` names one kind."""
    overview = customers.overview(public_id)
    return htmx.render(
        "admin/customer_timeline.html",
        "admin/_timeline.html",
        customer=overview,
        history=history.tell(overview.id, arguments.text("only"), arguments.cursor()),
        crumbs=(
            Crumb(_("Customers"), url_for("customers_admin.customers")),
            Crumb(overview.name, url_for("admin.customer", public_id=public_id)),
            Crumb(_("Timeline")),
        ),
    )


def _greeting() -> str:
    hour = clock.now().astimezone(clock.BUCHAREST).hour
    name = current_principal().name.partition(" ")[0]
    if hour < _NOON:
        return _("Good morning, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name) if hour >= _EVENING else _("Good day, %(name)s", name=name)
