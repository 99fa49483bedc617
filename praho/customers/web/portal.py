"""A customer's own profile and contacts."""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.permissions import ASK_TO_BE_ERASED, CHANGE_PROFILE, VIEW_PROFILE
from praho.customers.services import changing, contacts, reading
from praho.customers.types import CustomerOverview
from praho.customers.web import labels, looking_up
from praho.customers.web.forms import ContactForm, ProfileForm, filled

bp = SurfaceBlueprint("customers_portal", __name__, Surface.PORTAL)
QUERY_BUDGETS = {"customers_portal.profile": 7}


@bp.get("/profile", permission=VIEW_PROFILE)
def profile() -> Response:
    return htmx.render(
        "customers/portal/profile.html",
        customer=_customer(),
        contacts=reading.contacts(_id()),
        labels=labels,
        may_change=current_principal().may(CHANGE_PROFILE),
        may_ask_erasure=current_principal().may(ASK_TO_BE_ERASED),
    )


@bp.route("/profile/edit", permission=CHANGE_PROFILE, methods=["GET", "POST"])
def edit_profile() -> Response:
    customer = _customer()
    form = ProfileForm(data=filled(customer))
    status = 200
    if looking_up.asked():
        looking_up.fill(form)
        status = looking_up.status()
    elif form.validate_on_submit():
        try:
            changing.change(_id(), form.typed(form.locale.data), forget_cnp=form.forget_cnp.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The profile was changed. Documents issued before keep what they have."), "success")
            return htmx.go_to(url_for(".profile"))
    return _page("edit_profile", form, status, customer=customer)


@bp.route("/contacts/new", permission=CHANGE_PROFILE, methods=["GET", "POST"])
def new_contact() -> Response:
    form = ContactForm()
    status = 200
    if form.validate_on_submit():
        try:
            contacts.add(_id(), form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The contact was added."), "success")
            return htmx.go_to(url_for(".profile"))
    return _page("contact", form, status, contact=None)


@bp.route("/contacts/<public_id>", permission=CHANGE_PROFILE, methods=["GET", "POST"])
def edit_contact(public_id: str) -> Response:
    contact = contacts.one(_id(), public_id)
    form = ContactForm(obj=contact)
    status = 200
    if form.validate_on_submit():
        try:
            contacts.change(_id(), public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The contact was changed."), "success")
            return htmx.go_to(url_for(".profile"))
    return _page("contact", form, status, contact=contact)


@bp.post("/contacts/<public_id>/remove", permission=CHANGE_PROFILE)
def remove_contact(public_id: str) -> Response:
    contacts.remove(_id(), public_id)
    flash(_("The contact was removed."), "success")
    return htmx.go_to(url_for(".profile"))


def _id() -> int:
    customer_id = current_principal().customer_id
    assert customer_id is not None
    return customer_id


def _customer() -> CustomerOverview:
    return reading.overview_of(_id())


def _page(name: str, form: Any, status: int, **values: Any) -> Response:
    fragment = looking_up.FRAGMENT if looking_up.asked() else None
    status = 422 if form.errors and status == 200 and fragment is None else status
    return htmx.render(f"customers/portal/{name}.html", fragment, status=status, form=form, **values)
