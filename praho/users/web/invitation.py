"""The page behind the link of an invitation to the staff."""

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.permissions import PUBLIC, SIGNED_IN
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.users.errors import LinkExpired
from praho.users.services import inviting
from praho.users.web import account, browser, labels
from praho.users.web.forms import JoinForm
from praho.users.web.settings import me

bp = SurfaceBlueprint("account_staff", __name__, Surface.ACCOUNT)
ADMIN_ENDPOINT = "admin.dashboard"


@bp.route("/staff-invitation/<token>", permission=PUBLIC, methods=["GET", "POST"])
def join(token: str) -> Response:
    form = JoinForm()
    status = 200
    try:
        offer = inviting.offer(token)
        if form.validate_on_submit() and not offer.has_account:
            opened = inviting.accept_as_new(
                token, full_name=form.full_name.data, password=form.password.data, browser=browser.at_hand()
            )
            browser.remember(opened)
            return htmx.go_to(url_for(ADMIN_ENDPOINT))
    except LinkExpired as refusal:
        return account.link_expired(refusal, url_for("account.sign_in"), _("Sign in"))
    except PrahoError as refusal:
        show_refusal(form, refusal)
        status = refusal.http_status
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "users/account/staff_invitation.html", status=status, form=form, offer=offer, token=token,
        role_label=labels.STAFF_ROLES[offer.role], mine=current_principal().email == offer.email,
        sign_in_url=url_for("account.sign_in", next=request.path),
    )  # fmt: skip


@bp.post("/staff-invitation/<token>/accept", permission=SIGNED_IN)
def accept(token: str) -> Response:
    try:
        inviting.accept_as(token, me(), ip=request.remote_addr)
    except LinkExpired as refusal:
        return account.link_expired(refusal, url_for("account.sign_in"), _("Sign in"))
    browser.forget()
    flash(_("You are of the staff now. Please sign in again."), "success")
    return htmx.go_to(url_for("account.sign_in", next=url_for(ADMIN_ENDPOINT)))
