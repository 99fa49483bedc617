"""The staff's accounts in the admin."""

from collections.abc import Callable

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core.errors import Conflict, Forbidden, PrahoError
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.permissions import StaffRole
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.ui.lists import Align, Column
from praho.users.permissions import MANAGE_STAFF, VIEW_STAFF
from praho.users.services import inviting, staff
from praho.users.web import labels
from praho.users.web.forms import InviteStaffForm, StaffRoleForm

bp = SurfaceBlueprint("users_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"users_admin.staff_list": 6}

_COLUMNS = (
    Column(lazy_gettext("Name")),
    Column(lazy_gettext("Role")),
    Column(lazy_gettext("Two-step sign-in")),
    Column(lazy_gettext("Last seen")),
    Column(lazy_gettext("Actions"), align=Align.END),
)


@bp.get("/staff", permission=VIEW_STAFF)
def staff_list() -> Response:
    return htmx.render(
        "users/admin/staff.html",
        page=staff.listing(request.args.get("cursor")),
        invitations=inviting.listing(),
        columns=_COLUMNS,
        roles=labels.STAFF_ROLES,
        role_form=StaffRoleForm(),
        me=current_principal().public_id,
        may_manage=current_principal().may(MANAGE_STAFF),
    )


@bp.route("/staff/invite", permission=MANAGE_STAFF, methods=["GET", "POST"])
def invite() -> Response:
    form = InviteStaffForm()
    status = 200
    if form.validate_on_submit():
        try:
            inviting.invite(form.email.data, StaffRole(form.role.data))
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The invitation is on its way."), "success")
            return htmx.go_to(url_for(".staff_list"))
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "users/admin/invite.html", status=status, form=form, notes=labels.STAFF_ROLE_NOTES, roles=labels.STAFF_ROLES
    )


@bp.post("/staff/invitations/<public_id>/again", permission=MANAGE_STAFF)
def invite_again(public_id: str) -> Response:
    return _do(lambda: inviting.send_again(public_id), _("The invitation was sent once more."))


@bp.post("/staff/invitations/<public_id>/withdraw", permission=MANAGE_STAFF)
def withdraw_invitation(public_id: str) -> Response:
    return _do(lambda: inviting.withdraw(public_id), _("The invitation was withdrawn."))


@bp.post("/staff/<public_id>/role", permission=MANAGE_STAFF)
def change_role(public_id: str) -> Response:
    form = StaffRoleForm()
    if not form.validate():
        flash(_("Choose one of the roles."), "error")
        return htmx.go_to(url_for(".staff_list"))
    role = StaffRole(form.role.data) if form.role.data else None
    return _do(lambda: staff.change_role(public_id, role), _("The role was changed."))


@bp.post("/staff/<public_id>/shut", permission=MANAGE_STAFF)
def shut_out(public_id: str) -> Response:
    return _do(lambda: staff.set_active(public_id, False), _("The account is shut and signed out everywhere."))


@bp.post("/staff/<public_id>/open", permission=MANAGE_STAFF)
def let_in(public_id: str) -> Response:
    return _do(lambda: staff.set_active(public_id, True), _("The account is open again."))


@bp.post("/staff/<public_id>/second-factor/reset", permission=MANAGE_STAFF)
def reset_second_factor(public_id: str) -> Response:
    return _do(
        lambda: staff.reset_second_factor(public_id),
        _("The second factor is gone; the next sign-in sets up a new one."),
    )


def _do(command: Callable[[], None], message: str) -> Response:
    """Run a command of one button and say on the list what came of it."""
    try:
        command()
    except (Conflict, Forbidden) as refusal:
        flash(str(refusal), "error")
    else:
        flash(message, "success")
    return htmx.go_to(url_for(".staff_list"))
