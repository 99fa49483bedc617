"""Groups of customers and discounts of a customer's own, in the admin."""

from collections.abc import Mapping

from flask import flash, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from praho.core.errors import PrahoError
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.amount_fields import PercentField
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import Needed, show_refusal
from praho.customers.permissions import MANAGE_DISCOUNTS, VIEW_CUSTOMERS
from praho.customers.services import reading, standings
from praho.customers.types import GroupInput, StandingInput
from praho.customers.web.admin import CUSTOMER_ENDPOINT, customer_crumbs
from praho.models.customers import CustomerGroup
from praho.ui.lists import Align, Column
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("customers_standings_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"customers_standings_admin.groups": 6, "customers_standings_admin.group": 7}
_LONG = Length(max=500, message=lazy_gettext("This is too long."))
_COLUMNS = (
    Column(lazy_gettext("Group")),
    Column(lazy_gettext("What for")),
    Column(lazy_gettext("Customers")),
    Column(lazy_gettext("Discount"), align=Align.END),
)
_CUSTOMER_COLUMNS = (
    Column(lazy_gettext("Name")), Column(lazy_gettext("E-mail")), Column(lazy_gettext("Customer since")),
)  # fmt: skip


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A group of customers."""

    name = StringField(lazy_gettext("Name"), [Needed()])
    note = TextAreaField(lazy_gettext("What it is for"), [_LONG], description=lazy_gettext("Only staff see it."))
    percent = PercentField(
        lazy_gettext("Discount"), description=lazy_gettext("Off the price of each period. Empty: none.")
    )
    with_domains = BooleanField(lazy_gettext("On domain registrations too"))

    def typed(self) -> GroupInput:
        """Return what was filled in."""
        return GroupInput(
            self.name.data or "", self.note.data or "", self.percent.data, with_domains=bool(self.with_domains.data)
        )


class StandingForm(FlaskForm):  # type: ignore[misc]
    """A customer's group and its own discount."""

    group_id = SelectField(lazy_gettext("Group"), validate_choice=False)
    percent = PercentField(
        lazy_gettext("Discount of its own"),
        description=lazy_gettext("It takes the place of the group's, even where it is smaller. Empty: the group's."),
    )
    with_domains = BooleanField(lazy_gettext("On domain registrations too"))
    reason = TextAreaField(lazy_gettext("Reason"), [_LONG], description=lazy_gettext("Only staff see it."))

    def offer(self, groups: list[tuple[str, str]]) -> None:
        """Fill in the groups: pairs of public id and name."""
        self.group_id.choices = [SelectChoice("", _("No group")), *(SelectChoice(*pair) for pair in groups)]

    def typed(self) -> StandingInput:
        """Return what was filled in."""
        return StandingInput(
            self.group_id.data or "",
            self.percent.data,
            with_domains=bool(self.with_domains.data),
            reason=self.reason.data or "",
        )


@bp.get("/customers/groups", permission=VIEW_CUSTOMERS)
def groups() -> Response:
    """List the groups of customers."""
    return htmx.render(
        "customers/admin/groups.html",
        groups=standings.groups(),
        columns=_COLUMNS,
        may_manage=current_principal().may(MANAGE_DISCOUNTS),
    )


@bp.route("/customers/groups/new", permission=MANAGE_DISCOUNTS, methods=["GET", "POST"])
def new_group() -> Response:
    """Make a group."""
    form = GroupForm()
    status = 200
    if form.validate_on_submit():
        try:
            public_id = standings.create_group(form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The group was made. Customers join it on their own page."), "success")
            return htmx.go_to(url_for(".group", public_id=public_id))
    return _form_page(form, _("New group"), url_for(".groups"), status)


@bp.get("/customers/groups/<public_id>", permission=VIEW_CUSTOMERS)
def group(public_id: str) -> Response:
    """Show a group and who is in it."""
    row = standings.group(public_id)
    return htmx.render(
        "customers/admin/group.html",
        row=row,
        page=standings.customers_in(row.id, arguments.cursor()),
        columns=_CUSTOMER_COLUMNS,
        crumbs=_crumbs(row.name),
        may_manage=current_principal().may(MANAGE_DISCOUNTS),
    )


@bp.route("/customers/groups/<public_id>/edit", permission=MANAGE_DISCOUNTS, methods=["GET", "POST"])
def edit_group(public_id: str) -> Response:
    """Change a group."""
    row = standings.group(public_id)
    form = GroupForm(data=_filled(row))
    status = 200
    if form.validate_on_submit():
        try:
            standings.change_group(public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The group was changed, for what is ordered from now on."), "success")
            return htmx.go_to(url_for(".group", public_id=public_id))
    return _form_page(form, row.name, url_for(".group", public_id=public_id), status)


@bp.route("/customers/<public_id>/discount", permission=MANAGE_DISCOUNTS, methods=["GET", "POST"])
def standing(public_id: str) -> Response:
    """Set a customer's group and its own discount."""
    customer = reading.overview(public_id)
    present = standings.of_customer(customer.id)
    form = StandingForm(
        data={
            "group_id": present.group_ref, "percent": present.percent, "with_domains": present.own_with_domains,
            "reason": present.reason,
        }
    )  # fmt: skip
    form.offer([(row.public_id, _named(row)) for row, _count in standings.groups()])
    status = 200
    if form.validate_on_submit():
        try:
            standings.set_standing(public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The discount was changed, for what is ordered from now on."), "success")
            return htmx.go_to(url_for(CUSTOMER_ENDPOINT, public_id=public_id))
    return htmx.render(
        "customers/admin/standing.html",
        status=422 if form.errors and status == 200 else status,
        form=form,
        customer=customer,
        crumbs=customer_crumbs(public_id, customer.name),
    )


@bp.get("/customers/<public_id>/standing", permission=VIEW_CUSTOMERS)
def held(public_id: str) -> Response:
    """Show what a customer has off by standing: a part of its page that comes once it is looked at."""
    customer = reading.overview(public_id)
    return htmx.render(
        "customers/admin/standing_held.html",
        "customers/admin/_standing_facts.html",
        customer=customer,
        standing=standings.of_customer(customer.id),
        crumbs=customer_crumbs(public_id, customer.name),
    )


def panel(_customer_id: int) -> Mapping[str, object]:
    """Return the values of the panel on a customer's page."""
    return {"may_manage": current_principal().may(MANAGE_DISCOUNTS)}


def _form_page(form: GroupForm, title: str, cancel_url: str, status: int) -> Response:
    return htmx.render(
        "customers/admin/group_form.html",
        status=422 if form.errors and status == 200 else status,
        form=form,
        title=title,
        cancel_url=cancel_url,
        crumbs=_crumbs(title),
    )


def _filled(row: CustomerGroup) -> dict[str, object]:
    return {
        "name": row.name,
        "note": row.note,
        "percent": row.discount_percent,
        "with_domains": row.with_domains,
    }


def _named(row: CustomerGroup) -> str:
    if row.discount_percent is None:
        return row.name
    return _("%(name)s (%(percent)s%% off)", name=row.name, percent=f"{row.discount_percent.normalize():f}")


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Customer groups"), url_for(".groups")), Crumb(label))
