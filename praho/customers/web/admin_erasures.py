"""Requests to be forgotten, in the admin: the list with its deadlines, taking one in, carrying it out, refusing it."""

from collections.abc import Mapping
from typing import Any

from flask import flash, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from praho.core import clock
from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.web import arguments, form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import Needed, show_refusal
from praho.customers.permissions import ERASE_CUSTOMERS, MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from praho.customers.services import closing, erasing, erasure_requests, reading
from praho.customers.web import labels
from praho.customers.web.admin import CUSTOMER_ENDPOINT, customer_crumbs
from praho.models.customers import Customer, CustomerState, ErasureChannel, ErasureRequest, ErasureState
from praho.ui.lists import Column
from praho.ui.navigation import Crumb
from praho.users.services import people

bp = SurfaceBlueprint("customers_erasures_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"customers_erasures_admin.requests": 7}
_NEEDED = lazy_gettext("Please fill in this field.")
_COLUMNS = (
    Column(lazy_gettext("Customer")),
    Column(lazy_gettext("How it came")),
    Column(lazy_gettext("Received")),
    Column(lazy_gettext("Answer until")),
    Column(lazy_gettext("State")),
)


class RecordForm(FlaskForm):  # type: ignore[misc]
    """A request that reached staff outside the portal."""

    channel = SelectField(
        lazy_gettext("How it came"),
        choices=[
            SelectChoice(channel.value, labels.ERASURE_CHANNELS[channel])
            for channel in ErasureChannel
            if channel is not ErasureChannel.PORTAL
        ],
    )
    received_on = DateField(
        lazy_gettext("Received on"),
        [InputRequired(_NEEDED)],
        description=lazy_gettext("The answer is due a month after this day."),
    )


class CarryOutForm(FlaskForm):  # type: ignore[misc]
    """The last word before everything goes."""

    checked = BooleanField(
        lazy_gettext("I have made sure that the request comes from this customer."),
        [DataRequired(lazy_gettext("Nothing goes before somebody has made sure of this."))],
    )


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why a request is refused, for the customer to read."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [Needed(), Length(max=erasure_requests.LONGEST_REASON, message=lazy_gettext("This is too long."))],
        description=lazy_gettext("The customer reads it, so write it in their language."),
    )


@bp.get("/erasure-requests", permission=VIEW_CUSTOMERS)
def requests() -> Response:
    """List the requests of one state, the most urgent open ones where none is chosen."""
    state = arguments.chosen("state", ErasureState) or ErasureState.OPEN
    page, customers = erasure_requests.listing(state, arguments.cursor())
    return htmx.render(
        "customers/admin/erasures.html",
        page=page,
        customers=customers,
        state=state,
        columns=_COLUMNS,
        labels=labels,
        tone=labels.deadline_tone,
        today=clock.today(),
        states=[(each.value, labels.ERASURE_STATES[each].label) for each in ErasureState],
    )


@bp.route("/customers/<public_id>/erasure-requests/new", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def record(public_id: str) -> Response:
    """Take in a request of a customer."""
    customer = reading.overview(public_id)
    form = RecordForm(data={"channel": ErasureChannel.EMAIL.value, "received_on": clock.today()})
    status = 200
    if form.validate_on_submit():
        try:
            made = erasure_requests.record(
                public_id,
                ErasureChannel(form.channel.data),
                form.received_on.data,
                form_token=form_tokens.submitted(),
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The request was taken in."), "success")
            return htmx.go_to(url_for(".erasure", public_id=made))
    token = request.form.get(form_tokens.FIELD) or form_tokens.new_form_token()
    crumbs = customer_crumbs(public_id, customer.name)
    return _page("erasure_record", form, status, customer=customer, form_token=token, crumbs=crumbs)


@bp.get("/customers/<public_id>/erasure-requests/newest", permission=VIEW_CUSTOMERS)
def newest(public_id: str) -> Response:
    """Show a customer's newest request: a part of its page that comes once it is looked at."""
    customer = reading.overview(public_id)
    erased = customer.state is CustomerState.ERASED
    return htmx.render(
        "customers/admin/erasure_newest.html",
        "customers/admin/_erasure_facts.html",
        customer=customer,
        row=erasure_requests.newest_of(customer.id),
        labels=labels,
        tone=labels.deadline_tone,
        today=clock.today(),
        may_record=not erased and current_principal().may(MANAGE_CUSTOMERS),
        crumbs=customer_crumbs(public_id, customer.name),
    )


@bp.get("/erasure-requests/<public_id>", permission=VIEW_CUSTOMERS)
def erasure(public_id: str) -> Response:
    """Show a request, and the report of a carried out one."""
    row, customer = erasure_requests.one(public_id)
    return htmx.render(
        "customers/admin/erasure.html",
        row=row,
        customer=customer,
        labels=labels,
        lines=erasing.told(row.report or []),
        tone=labels.deadline_tone,
        today=clock.today(),
        names=people.people([each for each in (row.recorded_by, row.decided_by) if each is not None]),
        may_erase=current_principal().may(ERASE_CUSTOMERS) and row.state is ErasureState.OPEN,
        crumbs=_crumbs(customer),
    )


@bp.route("/erasure-requests/<public_id>/carry-out", permission=ERASE_CUSTOMERS, methods=["GET", "POST"])
def carry_out(public_id: str) -> Response:
    """Show what would go and what stays, and let it happen."""
    form = CarryOutForm()
    status = 200
    if form.validate_on_submit():
        try:
            erasing.carry_out(public_id)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The customer was erased, and the answer is on its way."), "success")
            return htmx.go_to(url_for(".erasure", public_id=public_id))
    row, customer = erasure_requests.one(public_id)
    if row.state is not ErasureState.OPEN:
        return htmx.go_to(url_for(".erasure", public_id=public_id))
    return _page(
        "erasure_carry_out",
        form,
        status,
        row=row,
        customer=customer,
        lines=erasing.plan(customer),
        obstacles=closing.obstacles(customer.id),
        crumbs=_crumbs(customer, row),
    )


@bp.route("/erasure-requests/<public_id>/refuse", permission=ERASE_CUSTOMERS, methods=["GET", "POST"])
def refuse(public_id: str) -> Response:
    """Refuse a request with a reason."""
    form = RefuseForm()
    status = 200
    if form.validate_on_submit():
        try:
            erasure_requests.refuse(public_id, form.reason.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The request was refused, and the answer is on its way."), "success")
            return htmx.go_to(url_for(".erasure", public_id=public_id))
    row, customer = erasure_requests.one(public_id)
    return _page("erasure_refuse", form, status, row=row, customer=customer, crumbs=_crumbs(customer, row))


def panel(_customer_id: int) -> Mapping[str, object]:
    """Return the values of the panel on a customer's page, which is filled once it is looked at."""
    return {}


def _crumbs(customer: Customer, row: ErasureRequest | None = None) -> tuple[Crumb, ...]:
    listed = Crumb(_("Erasure requests"), url_for(".requests"))
    if row is None:
        return (listed, Crumb(customer.name, url_for(CUSTOMER_ENDPOINT, public_id=customer.public_id)))
    return (listed, Crumb(customer.name, url_for(".erasure", public_id=row.public_id)))


def _page(name: str, form: Any, status: int, **values: Any) -> Response:
    status = 422 if form.errors and status == 200 else status
    return htmx.render(f"customers/admin/{name}.html", status=status, form=form, **values)
