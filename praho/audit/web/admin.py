"""The record in the admin: a list with filters, and one event with what it changed."""

from flask import request, url_for
from werkzeug.wrappers import Response

from praho.audit.permissions import VIEW_AUDIT
from praho.audit.services import reading
from praho.audit.types import AuditEntry, AuditFilter
from praho.audit.web import labels
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.ui.lists import Column
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("audit_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"audit_admin.events": 8}
_COLUMNS = (
    Column(lazy_gettext("When")),
    Column(lazy_gettext("Action")),
    Column(lazy_gettext("Who")),
    Column(lazy_gettext("Customer")),
    Column(lazy_gettext("Subject")),
)


@bp.get("/audit", permission=VIEW_AUDIT)
def events() -> Response:
    wanted = AuditFilter(
        action=arguments.text("action"),
        actor=arguments.text("actor"),
        customer=arguments.text("customer"),
        subject=arguments.text("subject"),
    )
    page = reading.listing(wanted, request.args.get("cursor"))
    return htmx.render("audit/admin/events.html", page=page, wanted=wanted, columns=_COLUMNS, labels=labels)


@bp.get("/audit/<public_id>", permission=VIEW_AUDIT)
def event(public_id: str) -> Response:
    entry = reading.one(public_id)
    return htmx.render(
        "audit/admin/event.html",
        entry=entry,
        labels=labels,
        subject_url=_subject_url(entry),
        crumbs=(Crumb(_("Audit"), url_for(".events")), Crumb(labels.action(entry.action))),
    )


def _subject_url(entry: AuditEntry) -> str | None:
    """Return where the subject's own page is, as its domain says."""
    for link in registry().contributed("subject_links"):
        if link.kind == entry.subject_kind and link.admin_endpoint is not None:
            return url_for(link.admin_endpoint, public_id=entry.subject_id)
    return None
