"""Who may act for a customer: its members and its invitations."""

from flask import flash, url_for
from werkzeug.wrappers import Response

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.permissions import MemberRole
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.errors import LastOwner
from praho.customers.permissions import MANAGE_MEMBERS, VIEW_MEMBERS
from praho.customers.services import inviting, members, reading
from praho.customers.web import labels, member_urls
from praho.customers.web.forms import InviteForm, MemberRoleForm

bp = SurfaceBlueprint("customers_members_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"customers_members_portal.member_list": 7}


@bp.get("/members", permission=VIEW_MEMBERS)
def member_list() -> Response:
    may_manage = current_principal().may(MANAGE_MEMBERS)
    return htmx.render(
        "customers/portal/members.html",
        members=reading.active_members(_id()),
        invitations=inviting.open_invitations(_id()) if may_manage else [],
        roles=labels.ROLES,
        notes=labels.ROLE_NOTES,
        me=current_principal().user_id,
        may_manage=may_manage,
        urls=member_urls.of_portal(),
    )


@bp.route("/members/invite", permission=MANAGE_MEMBERS, methods=["GET", "POST"])
def invite() -> Response:
    form = InviteForm()
    status = 200
    if form.validate_on_submit():
        try:
            inviting.invite(_id(), form.email.data, MemberRole(form.role.data))
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The invitation is on its way."), "success")
            return htmx.go_to(url_for(".member_list"))
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        "customers/portal/invite.html", status=status, form=form, roles=labels.ROLES, notes=labels.ROLE_NOTES
    )


@bp.post("/members/invitations/<public_id>/again", permission=MANAGE_MEMBERS)
def invite_again(public_id: str) -> Response:
    inviting.send_again(_id(), public_id)
    flash(_("The invitation was sent once more."), "success")
    return htmx.go_to(url_for(".member_list"))


@bp.post("/members/invitations/<public_id>/withdraw", permission=MANAGE_MEMBERS)
def withdraw_invitation(public_id: str) -> Response:
    inviting.withdraw(_id(), public_id)
    flash(_("The invitation was withdrawn."), "success")
    return htmx.go_to(url_for(".member_list"))


@bp.post("/members/<public_id>/role", permission=MANAGE_MEMBERS)
def change_role(public_id: str) -> Response:
    form = MemberRoleForm()
    if not form.validate():
        flash(_("Choose one of the roles."), "error")
        return htmx.go_to(url_for(".member_list"))
    try:
        members.change_role(_id(), public_id, MemberRole(form.role.data))
    except LastOwner as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The role was changed."), "success")
    return htmx.go_to(url_for(".member_list"))


@bp.post("/members/<public_id>/remove", permission=MANAGE_MEMBERS)
def remove_member(public_id: str) -> Response:
    try:
        members.remove(_id(), public_id)
    except LastOwner as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The member was removed."), "success")
    return htmx.go_to(url_for(".member_list"))


@bp.post("/members/leave", permission=VIEW_MEMBERS)
def leave() -> Response:
    try:
        members.leave(_id())
    except LastOwner as refusal:
        flash(str(refusal), "error")
        return htmx.go_to(url_for(".member_list"))
    flash(_("You have left."), "success")
    return htmx.go_to(url_for("storefront.my_portal"))


def _id() -> int:
    customer_id = current_principal().customer_id
    assert customer_id is not None
    return customer_id
