"""A customer's contacts and members, as staff look after them."""

from collections.abc import Callable
from typing import Any

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
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import contacts, inviting, members, reading
from praho.customers.types import CustomerOverview
from praho.customers.web import labels, member_urls
from praho.customers.web.admin import CUSTOMER_ENDPOINT, customer_crumbs
from praho.customers.web.forms import ContactForm, InviteForm, MemberRoleForm

bp = SurfaceBlueprint("customers_people_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"customers_people_admin.member_list": 6}


@bp.route("/customers/<public_id>/contacts/new", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def new_contact(public_id: str) -> Response:
    customer = reading.overview(public_id)
    form = ContactForm()
    status = 200
    if form.validate_on_submit():
        try:
            contacts.add(customer.id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return _to_customer(public_id, _("The contact was added."))
    return _page("contact", form, status, customer, contact=None)


@bp.route("/customers/<public_id>/contacts/<contact_id>", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def edit_contact(public_id: str, contact_id: str) -> Response:
    customer = reading.overview(public_id)
    contact = contacts.one(customer.id, contact_id)
    form = ContactForm(obj=contact)
    status = 200
    if form.validate_on_submit():
        try:
            contacts.change(customer.id, contact_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            return _to_customer(public_id, _("The contact was changed."))
    return _page("contact", form, status, customer, contact=contact)


@bp.post("/customers/<public_id>/contacts/<contact_id>/remove", permission=MANAGE_CUSTOMERS)
def remove_contact(public_id: str, contact_id: str) -> Response:
    contacts.remove(reading.overview(public_id).id, contact_id)
    return _to_customer(public_id, _("The contact was removed."))


@bp.get("/customers/<public_id>/members", permission=VIEW_CUSTOMERS)
def member_list(public_id: str) -> Response:
    customer = reading.overview(public_id)
    return htmx.render(
        "customers/admin/members.html",
        customer=customer,
        members=reading.active_members(customer.id),
        invitations=inviting.open_invitations(customer.id),
        roles=labels.ROLES,
        may_manage=current_principal().may(MANAGE_CUSTOMERS),
        urls=member_urls.of_admin(public_id),
        crumbs=customer_crumbs(public_id, customer.name),
    )


@bp.route("/customers/<public_id>/members/invite", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def invite(public_id: str) -> Response:
    customer = reading.overview(public_id)
    form = InviteForm()
    status = 200
    if form.validate_on_submit():
        try:
            inviting.invite(customer.id, form.email.data, MemberRole(form.role.data))
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The invitation is on its way."), "success")
            return htmx.go_to(url_for(".member_list", public_id=public_id))
    return _page("invite", form, status, customer, roles=labels.ROLES, notes=labels.ROLE_NOTES)


@bp.post("/customers/<public_id>/invitations/<invitation_id>/again", permission=MANAGE_CUSTOMERS)
def invite_again(public_id: str, invitation_id: str) -> Response:
    customer_id = reading.overview(public_id).id
    return _do(
        public_id, lambda: inviting.send_again(customer_id, invitation_id), _("The invitation was sent once more.")
    )


@bp.post("/customers/<public_id>/invitations/<invitation_id>/withdraw", permission=MANAGE_CUSTOMERS)
def withdraw_invitation(public_id: str, invitation_id: str) -> Response:
    customer_id = reading.overview(public_id).id
    return _do(public_id, lambda: inviting.withdraw(customer_id, invitation_id), _("The invitation was withdrawn."))


@bp.post("/customers/<public_id>/members/<member_id>/role", permission=MANAGE_CUSTOMERS)
def change_role(public_id: str, member_id: str) -> Response:
    customer_id = reading.overview(public_id).id
    form = MemberRoleForm()
    if not form.validate():
        flash(_("Choose one of the roles."), "error")
        return htmx.go_to(url_for(".member_list", public_id=public_id))
    role = MemberRole(form.role.data)
    return _do(public_id, lambda: members.change_role(customer_id, member_id, role), _("The role was changed."))


@bp.post("/customers/<public_id>/members/<member_id>/remove", permission=MANAGE_CUSTOMERS)
def remove_member(public_id: str, member_id: str) -> Response:
    customer_id = reading.overview(public_id).id
    return _do(public_id, lambda: members.remove(customer_id, member_id), _("The member was removed."))


def _do(public_id: str, command: Callable[[], None], message: str) -> Response:
    """Run a command of one button and say on the list what came of it."""
    try:
        command()
    except LastOwner as refusal:
        flash(str(refusal), "error")
    else:
        flash(message, "success")
    return htmx.go_to(url_for(".member_list", public_id=public_id))


def _to_customer(public_id: str, message: str) -> Response:
    flash(message, "success")
    return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))


def _page(name: str, form: Any, status: int, customer: CustomerOverview, **values: Any) -> Response:
    status = 422 if form.errors and status == 200 else status
    return htmx.render(
        f"customers/admin/{name}.html",
        status=status,
        form=form,
        customer=customer,
        crumbs=customer_crumbs(customer.public_id, customer.name),
        **values,
    )
