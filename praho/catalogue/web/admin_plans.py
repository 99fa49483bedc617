"""Hosting plans in the admin: the list, one plan with its prices, and whether it is on sale."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue import permissions
from praho.catalogue.services import currencies, groups, plans, selling
from praho.catalogue.types import CYCLE_NAMES, in_language
from praho.catalogue.web import forms, labels, price_grids, switching
from praho.core.errors import Conflict, PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.integrations.services import choosing
from praho.models.catalogue import Product, SaleState
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("catalogue_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"catalogue_admin.products": 8}


@bp.get("/catalogue/plans", permission=permissions.VIEW_CATALOGUE)
def products() -> Response:
    """List the plans."""
    state, group_id = arguments.chosen("state", SaleState), arguments.text("group")
    return htmx.render(
        "catalogue/admin/plans.html",
        page=plans.listed(state, group_id, arguments.cursor()),
        groups=_group_choices(),
        state=state,
        group_id=group_id,
        labels=labels,
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


@bp.route("/catalogue/plans/new", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def new_product() -> BaseResponse:
    """Make a plan; its prices come next."""
    form = _offering(forms.PlanForm(group_id=request.args.get("group")))
    status = 200
    if form.validate_on_submit():
        try:
            public_id = plans.create(form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The plan was made. Set its prices, then put it on sale."), "success")
            return htmx.go_to(url_for(".product", public_id=public_id))
    status = 422 if form.errors and status == 200 else status
    return htmx.render("catalogue/admin/new_plan.html", status=status, form=form, crumbs=_crumbs(_("New plan")))


@bp.get("/catalogue/plans/<public_id>", permission=permissions.VIEW_CATALOGUE)
def product(public_id: str) -> Response:
    """Show a plan."""
    row = plans.shown(public_id)
    return _page(row, _filled(row))


@bp.post("/catalogue/plans/<public_id>", permission=permissions.MANAGE_CATALOGUE)
def change_product(public_id: str) -> BaseResponse:
    """Change what the shop says about a plan, and how it is set up."""
    form = _offering(forms.PlanForm())
    status = 422
    if form.validate():
        try:
            plans.change(public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The plan was changed."), "success")
            return htmx.go_to(url_for(".product", public_id=public_id))
    row = plans.shown(public_id)
    return _page(row, form, status=status)


@bp.post("/catalogue/plans/<public_id>/prices/<currency>", permission=permissions.MANAGE_CATALOGUE)
def set_prices(public_id: str, currency: str) -> BaseResponse:
    """Set all prices of a plan in one currency."""
    price_grids.require_currency(currency)
    grid, prices = price_grids.read_plan(request.form, currency)
    status = 422
    if not grid.errors:
        try:
            plans.set_prices(public_id, prices, currency)
        except Conflict as refusal:
            grid.errors[""] = str(refusal)
            status = refusal.http_status
        else:
            flash(_("The prices were changed. Orders placed before keep theirs."), "success")
            return htmx.go_to(url_for(".product", public_id=public_id))
    row = plans.shown(public_id)
    return _page(row, _filled(row), typed=grid, status=status)


@bp.post("/catalogue/plans/<public_id>/sell", permission=permissions.MANAGE_CATALOGUE)
def sell_product(public_id: str) -> BaseResponse:
    """Put a plan on sale."""
    return switching.switch(
        selling.put_plan_on_sale, public_id, _("The plan is on sale."), url_for(".product", public_id=public_id)
    )


@bp.post("/catalogue/plans/<public_id>/retire", permission=permissions.MANAGE_CATALOGUE)
def retire_product(public_id: str) -> BaseResponse:
    """Take a plan off sale."""
    return switching.switch(
        selling.retire_plan,
        public_id,
        _("The plan is no longer sold. Services that run go on."),
        url_for(".product", public_id=public_id),
    )


def _page(row: Product, form: forms.PlanForm, *, typed: price_grids.Grid | None = None, status: int = 200) -> Response:
    stored = [price_grids.of_plan(plans.prices_of(row.id, currency), currency) for currency in currencies.PRICED]
    return htmx.render(
        "catalogue/admin/plan.html",
        status=status,
        row=row,
        name=in_language(row.name, current_locale()),
        form=form,
        grids=[typed if typed is not None and typed.currency == grid.currency else grid for grid in stored],
        cells=price_grids,
        sold=currencies.sold(),
        cycle_names=CYCLE_NAMES,
        missing=selling.missing_of_plan(row),
        labels=labels,
        crumbs=_crumbs(in_language(row.name, current_locale())),
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


def _filled(row: Product) -> forms.PlanForm:
    accounts = {choice.id: choice.public_id for choice in choosing.choices(ProviderKind.PROVISIONER)}
    group_ids = {group.id: group.public_id for group, _count in groups.listed()}
    values = forms.of_plan(row, group_ids[row.group_id], accounts.get(row.provider_account_id or 0, ""))
    return _offering(forms.PlanForm(formdata=None, data=values))


def _offering(form: forms.PlanForm) -> forms.PlanForm:
    accounts = [(choice.public_id, choice.label) for choice in choosing.choices(ProviderKind.PROVISIONER)]
    form.offer(_group_choices(), accounts)
    return form


def _group_choices() -> list[tuple[str, str]]:
    return [(group.public_id, in_language(group.name, current_locale())) for group, _count in groups.listed()]


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Plans"), url_for(".products")), Crumb(label))
