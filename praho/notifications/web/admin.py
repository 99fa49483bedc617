"""The mails page: what was sent to whom, and sending a failed one again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.contributions import NavigationItem, TimelineEntry, TimelineSource
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.models.notifications import MessageState
from praho.notifications import permissions
from praho.notifications.services import delivering, reading
from praho.ui import lists
from praho.ui.lists import Column
from praho.ui.navigation import Crumb
from praho.ui.states import StateLabel, Tone

bp = SurfaceBlueprint("messages_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"messages_admin.messages": 12}

STATES: Mapping[MessageState, StateLabel] = {
    MessageState.QUEUED: StateLabel(_("On its way"), Tone.INFO),
    MessageState.SENT: StateLabel(_("Handed over"), Tone.SUCCESS),
    MessageState.FAILED: StateLabel(_("Refused"), Tone.DANGER),
}
COLUMNS = (Column(_("Subject")), Column(_("To")), Column(_("Written"), sort="created"), Column(_("State")))


@bp.get("/messages", permission=permissions.VIEW_MESSAGES)
def messages() -> Response:
    """List mails, by state and recipient."""
    state, recipient, sort = arguments.chosen("state", MessageState), arguments.text(), lists.by_age()
    return htmx.render(
        "notifications/admin/messages.html",
        page=reading.listed(state, recipient, arguments.cursor(), oldest=not sort.descending),
        sort=sort,
        state=state,
        recipient=recipient,
        states=STATES,
        columns=COLUMNS,
    )


@bp.get("/messages/<public_id>", permission=permissions.VIEW_MESSAGES)
def message(public_id: str) -> Response:
    """Show one mail as it reads."""
    row, parts = reading.shown(public_id)
    return htmx.render(
        "notifications/admin/message.html",
        row=row,
        parts=parts,
        states=STATES,
        may_resend=row.state is MessageState.FAILED and current_principal().may(permissions.RESEND_MESSAGES),
        crumbs=(Crumb(gettext("Mails"), url_for("messages_admin.messages")), Crumb(parts.subject)),
    )


@bp.post("/messages/<public_id>/resend", permission=permissions.RESEND_MESSAGES)
def resend(public_id: str) -> BaseResponse:
    """Queue a refused mail again."""
    delivering.resend(public_id)
    flash(gettext("The mail is on its way again."), "success")
    return htmx.go_to(url_for("messages_admin.message", public_id=public_id))


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.created_at,
            title=row.subject or row.template,
            detail=row.recipient,
            url=url_for("messages_admin.message", public_id=row.public_id),
            icon="mail",
        )
        for row in reading.history(customer_id, before, limit)
    ]


NAVIGATION = NavigationItem(
    "admin", _("Mails"), "messages_admin.messages", "mail", permissions.VIEW_MESSAGES, 81, _("Operations"), key="m"
)
TIMELINE = TimelineSource("mails", permissions.VIEW_MESSAGES, _timeline, label=_("Mails"), icon="mail", order=60)
