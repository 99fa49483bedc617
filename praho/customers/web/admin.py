"""Customers in the admin: the list, a new one, its profile, and what staff write down about it."""

from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from praho.core import clock
from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.web import arguments, exports, form_tokens, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS, WRITE_NOTES
from praho.customers.services import changing, closing, entering, notes, reading
from praho.customers.types import CustomerFilter, CustomerOrder
from praho.customers.web import labels, looking_up
from praho.customers.web.forms import ClosingForm, NewCustomerForm, NoteForm, ProfileForm, filled
from praho.models.customers import CustomerKind, CustomerState
from praho.ui.lists import Column, Sort
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("customers_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"customers_admin.customers": 5}

CUSTOMER_ENDPOINT = "admin.customer"
"""The page that all domains contribute to."""
_SORT_KEYS = ("name", "created")
_COLUMNS = (
    Column(lazy_gettext("Name"), sort="name"),
    Column(lazy_gettext("Kind")),
    Column(lazy_gettext("CUI")),
    Column(lazy_gettext("E-mail")),
    Column(lazy_gettext("Customer since"), sort="created"),
)


@bp.get("/customers", permission=VIEW_CUSTOMERS)
def customers() -> Response:
    wanted = CustomerFilter(arguments.text(), arguments.chosen("kind", CustomerKind))
    by_name = request.args.get("sort") == "name"
    return htmx.render(
        "customers/admin/customers.html",
        page=reading.listing(wanted, CustomerOrder.NAME if by_name else CustomerOrder.NEWEST, arguments.cursor()),
        wanted=wanted,
        columns=_COLUMNS,
        sort=Sort("name") if by_name else Sort("created", descending=True),
        labels=labels,
        kinds=[("", _("All kinds")), *((kind.value, labels.KINDS[kind]) for kind in CustomerKind)],
        may_enter=current_principal().may(MANAGE_CUSTOMERS),
    )


@bp.get("/customers.csv", permission=VIEW_CUSTOMERS)
def export() -> Response:
    """Hand out the list as a file, as it is filtered."""
    wanted = CustomerFilter(arguments.text(), arguments.chosen("kind", CustomerKind))
    rows = exports.every(lambda cursor: reading.listing(wanted, CustomerOrder.NEWEST, cursor))
    header = (_("Name"), _("Kind"), _("CUI"), _("E-mail"), _("Customer since"), _("State"))
    return exports.csv_file(
        "customers",
        header,
        ((row.name, row.kind, row.printed_cui, row.email, clock.local_date(row.created_at), row.state) for row in rows),
    )


@bp.route("/customers/<public_id>/close", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def close(public_id: str) -> Response:
    """Close a customer with a reason, or open a closed one again."""
    customer = reading.overview(public_id)
    closed = customer.state is CustomerState.CLOSED
    form = ClosingForm()
    status = 200
    if form.validate_on_submit():
        try:
            (closing.reopen if closed else closing.close)(public_id, form.reason.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The customer is open again.") if closed else _("The customer was closed."), "success")
            return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))
    return _page(
        "close",
        form,
        status,
        customer=customer,
        closed=closed,
        obstacles=() if closed else closing.obstacles(customer.id),
        crumbs=customer_crumbs(public_id, customer.name),
    )


@bp.route("/customers/new", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def create() -> Response:
    form = NewCustomerForm()
    status = 200
    if looking_up.asked():
        looking_up.fill(form)
        status = looking_up.status()
    elif form.validate_on_submit():
        try:
            public_id = entering.register_by_staff(
                form.typed(form.locale.data),
                owner_email=form.owner_email.data or "",
                form_token=request.form.get(form_tokens.FIELD, ""),
            )
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The customer was entered."), "success")
            return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))
    token = request.form.get(form_tokens.FIELD) or form_tokens.new_form_token()
    return _page("new_customer", form, status, form_token=token, crumbs=(_list_crumb(), Crumb(_("New customer"))))


@bp.route("/customers/<public_id>/edit", permission=MANAGE_CUSTOMERS, methods=["GET", "POST"])
def edit(public_id: str) -> Response:
    customer = reading.overview(public_id)
    form = ProfileForm(data=filled(customer))
    status = 200
    if looking_up.asked():
        looking_up.fill(form)
        status = looking_up.status()
    elif form.validate_on_submit():
        try:
            changing.change(customer.id, form.typed(form.locale.data), forget_cnp=form.forget_cnp.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The profile was changed. Documents issued before keep what they have."), "success")
            return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))
    return _page("edit_customer", form, status, customer=customer, crumbs=customer_crumbs(public_id, customer.name))


@bp.route("/customers/<public_id>/notes", permission=WRITE_NOTES, methods=["GET", "POST"])
def write_note(public_id: str) -> Response:
    customer = reading.overview(public_id)
    form = NoteForm()
    status = 200
    if form.validate_on_submit():
        try:
            notes.write(public_id, form.body.data)
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The note was kept."), "success")
            return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))
    return _page("note", form, status, customer=customer, crumbs=customer_crumbs(public_id, customer.name))


def customer_crumbs(public_id: str, name: str) -> tuple[Crumb, ...]:
    """Return the way to a page below a customer's."""
    return (_list_crumb(), Crumb(name, url_for(CUSTOMER_ENDPOINT, public_id=public_id)))


def _list_crumb() -> Crumb:
    return Crumb(_("Customers"), url_for("customers_admin.customers"))


def _page(name: str, form: Any, status: int, **values: Any) -> Response:
    fragment = looking_up.FRAGMENT if looking_up.asked() else None
    status = 422 if form.errors and status == 200 and fragment is None else status
    return htmx.render(f"customers/admin/{name}.html", fragment, status=status, form=form, **values)
