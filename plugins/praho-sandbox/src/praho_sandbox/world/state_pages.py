"""Pages for whoever wants to look behind the curtain: all that the world holds, and the hosting panel."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.faults import API_OPERATIONS, WEBHOOK, ApiFault, WebhookFault
from praho_sandbox.world.outside import here
from praho_sandbox.world.rendering import page

bp = Blueprint("state", __name__)

_TABLES = ("domains", "accounts", "payments", "deliveries", "faults", "requests")
_SHOWN_ROWS = 50


@bp.get("/")
def show() -> str:
    """Show all that the world holds, newest first, and the form that arms faults."""
    with here().storage.transaction() as connection:
        rows = {
            table: connection.execute(
                f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT {_SHOWN_ROWS}"  # noqa: S608
            ).fetchall()
            for table in _TABLES
        }
    return page(
        "state.html",
        rows=rows,
        now=here().clock.now(),
        operations=sorted(API_OPERATIONS),
        api_modes=list(ApiFault),
        webhook=WEBHOOK,
        webhook_modes=list(WebhookFault),
    )


@bp.post("/faults")
def arm() -> Response:
    """Arm the fault that was chosen on the page."""
    form = request.form
    here().faults.arm(
        form.get("operation", ""),
        form.get("mode", ""),
        max(1, form.get("times", 1, type=int)),
        form.get("delay", type=float),
    )
    return redirect(url_for("state.show", lang=request.args.get("lang")), HTTPStatus.SEE_OTHER)


@bp.get("/panel/<username>")
def panel(username: str) -> str:
    """Show a hosting account as its customer would find it."""
    with here().storage.transaction() as connection:
        account = connection.execute("SELECT * FROM accounts WHERE username = ?", (username,)).fetchone()
    if account is None:
        abort(HTTPStatus.NOT_FOUND)
    return page("panel.html", account=account)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> tuple[str, int]:
    """Show a refusal as a page."""
    return page("refused.html", message=refusal.message), refusal.status
