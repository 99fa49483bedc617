"""Suffixes in the admin: the list, one suffix with its prices, and whether it is on sale."""

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.catalogue import permissions
from praho.catalogue.services import currencies, selling, tlds
from praho.catalogue.web import forms, labels, price_grids, switching
from praho.core.errors import Conflict, PrahoError
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.integrations.services import choosing
from praho.models.catalogue import DomainOperation, SaleState, Tld
from praho.models.integrations import ProviderKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("catalogue_tlds_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"catalogue_tlds_admin.listing": 6}


@bp.get("/catalogue/endings", permission=permissions.VIEW_CATALOGUE)
def listing() -> Response:
    """List the suffixes."""
    state = arguments.chosen("state", SaleState)
    return htmx.render(
        "catalogue/admin/tlds.html",
        page=tlds.listed(state, arguments.cursor()),
        state=state,
        labels=labels,
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


@bp.route("/catalogue/endings/new", permission=permissions.MANAGE_CATALOGUE, methods=["GET", "POST"])
def new() -> BaseResponse:
    """Make a suffix; its prices come next."""
    form = _offering(forms.TldForm())
    status = 200
    if form.validate_on_submit():
        try:
            public_id = tlds.create(form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The ending was added. Set its prices, then put it on sale."), "success")
            return htmx.go_to(url_for(".tld", public_id=public_id))
    status = 422 if form.errors and status == 200 else status
    return htmx.render("catalogue/admin/new_tld.html", status=status, form=form, crumbs=_crumbs(_("New ending")))


@bp.get("/catalogue/endings/<public_id>", permission=permissions.VIEW_CATALOGUE)
def tld(public_id: str) -> Response:
    """Show a suffix."""
    row = tlds.shown(public_id)
    return _page(row, _filled(row))


@bp.post("/catalogue/endings/<public_id>", permission=permissions.MANAGE_CATALOGUE)
def change(public_id: str) -> BaseResponse:
    """Change a suffix."""
    form = _offering(forms.TldForm())
    status = 422
    if form.validate():
        try:
            tlds.change(public_id, form.typed())
        except PrahoError as refusal:
            show_refusal(form, refusal)
            status = refusal.http_status
        else:
            flash(_("The ending was changed."), "success")
            return htmx.go_to(url_for(".tld", public_id=public_id))
    row = tlds.shown(public_id)
    return _page(row, form, status=status)


@bp.post("/catalogue/endings/<public_id>/prices/<currency>", permission=permissions.MANAGE_CATALOGUE)
def set_prices(public_id: str, currency: str) -> BaseResponse:
    """Set all prices of a suffix in one currency."""
    price_grids.require_currency(currency)
    grid, prices = price_grids.read_tld(request.form, currency)
    status = 422
    if not grid.errors:
        try:
            tlds.set_prices(public_id, prices, currency)
        except Conflict as refusal:
            grid.errors[""] = str(refusal)
            status = refusal.http_status
        else:
            flash(_("The prices were changed. Orders placed before keep theirs."), "success")
            return htmx.go_to(url_for(".tld", public_id=public_id))
    row = tlds.shown(public_id)
    return _page(row, _filled(row), typed=grid, status=status)


@bp.post("/catalogue/endings/<public_id>/sell", permission=permissions.MANAGE_CATALOGUE)
def sell(public_id: str) -> BaseResponse:
    """Put a suffix on sale."""
    return switching.switch(
        selling.put_tld_on_sale, public_id, _("The ending is on sale."), url_for(".tld", public_id=public_id)
    )


@bp.post("/catalogue/endings/<public_id>/retire", permission=permissions.MANAGE_CATALOGUE)
def retire(public_id: str) -> BaseResponse:
    """Take a suffix off sale."""
    return switching.switch(
        selling.retire_tld,
        public_id,
        _("The ending is no longer sold. Domains that exist stay."),
        url_for(".tld", public_id=public_id),
    )


def _page(row: Tld, form: forms.TldForm, *, typed: price_grids.Grid | None = None, status: int = 200) -> Response:
    stored = [price_grids.of_tld(tlds.prices_of(row.id, currency), currency) for currency in currencies.PRICED]
    return htmx.render(
        "catalogue/admin/tld.html",
        status=status,
        row=row,
        form=form,
        grids=[typed if typed is not None and typed.currency == grid.currency else grid for grid in stored],
        cells=price_grids,
        sold=currencies.sold(),
        operations=DomainOperation,
        missing=selling.missing_of_tld(row),
        labels=labels,
        crumbs=_crumbs(f".{row.name}"),
        may_manage=current_principal().may(permissions.MANAGE_CATALOGUE),
    )


def _filled(row: Tld) -> forms.TldForm:
    accounts = {choice.id: choice.public_id for choice in choosing.choices(ProviderKind.REGISTRAR)}
    values = forms.of_tld(row, accounts.get(row.provider_account_id or 0, ""))
    return _offering(forms.TldForm(formdata=None, data=values))


def _offering(form: forms.TldForm) -> forms.TldForm:
    form.offer([(choice.public_id, choice.label) for choice in choosing.choices(ProviderKind.REGISTRAR)])
    return form


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Endings"), url_for(".listing")), Crumb(label))
