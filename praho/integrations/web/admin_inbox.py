"""The inbox of webhooks in the admin."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.integrations import permissions
from praho.integrations.services import browsing, inbox
from praho.integrations.web import columns, labels
from praho.models.integrations import InboxState
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("inbox_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"inbox_admin.messages": 8}


@bp.get("/inbox", permission=permissions.VIEW_INBOX)
def messages() -> Response:
    """List the webhooks."""
    state = arguments.chosen("state", InboxState)
    page, accounts = browsing.messages(state, arguments.cursor())
    return htmx.render(
        "integrations/admin/messages.html",
        page=page,
        accounts=accounts,
        state=state,
        columns=columns.MESSAGES,
        labels=labels,
    )


@bp.get("/inbox/<public_id>", permission=permissions.VIEW_INBOX)
def message(public_id: str) -> Response:
    """Show a webhook as it arrived."""
    view = browsing.message(public_id)
    return htmx.render(
        "integrations/admin/message.html",
        view=view,
        row=view.row,
        labels=labels,
        may_reprocess=current_principal().may(permissions.REPROCESS_INBOX),
        crumbs=(Crumb(_("Webhooks"), url_for("inbox_admin.messages")), Crumb(view.row.external_id)),
    )


@bp.post("/inbox/<public_id>/reprocess", permission=permissions.REPROCESS_INBOX)
def reprocess(public_id: str) -> BaseResponse:
    """Act on a webhook once more."""
    inbox.reprocess(public_id)
    flash(_("The message will be acted upon again."), "success")
    return htmx.go_to(url_for("inbox_admin.message", public_id=public_id))
