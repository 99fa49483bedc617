"""Number series and VAT rates."""

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice

from praho.billing import permissions
from praho.billing.documents.services import series as number_series
from praho.billing.documents.services import series_check
from praho.billing.tax.services import rate_table
from praho.billing.web import columns, labels
from praho.billing.web.forms import RateForm, SeriesForm
from praho.core.errors import Conflict, Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.core.web.forms import show_refusal
from praho.models.billing.documents import SeriesKind
from praho.ui.navigation import Crumb

bp = SurfaceBlueprint("billing_settings_admin", __name__, Surface.ADMIN)


@bp.get("/series-and-vat", permission=permissions.VIEW_TAX_SETTINGS)
def overview() -> Response:
    """Show the series and the rates."""
    return _overview(SeriesForm(), RateForm())


@bp.post("/series-and-vat/series", permission=permissions.MANAGE_TAX_SETTINGS)
def open_series() -> BaseResponse:
    """Open a series for a kind of document."""
    form = SeriesForm()
    if not form.validate_on_submit():
        return _overview(form, RateForm(formdata=None), 422)
    try:
        number_series.open_series(
            SeriesKind(form.kind.data), form.prefix.data, form.padding.data, form.next_number.data
        )
    except Invalid as error:
        show_refusal(form, error)
        return _overview(form, RateForm(formdata=None), 422)
    flash(_("The series is in use from now on."), "success")
    return htmx.go_to(url_for("billing_settings_admin.overview"))


@bp.post("/series-and-vat/rates", permission=permissions.MANAGE_TAX_SETTINGS)
def add_rate() -> BaseResponse:
    """Add a VAT rate."""
    form = RateForm()
    if not form.validate_on_submit():
        return _overview(SeriesForm(formdata=None), form, 422)
    try:
        rate_table.add(form.country.data, form.percent.data, form.valid_from.data)
    except Invalid as error:
        show_refusal(form, error)
        return _overview(SeriesForm(formdata=None), form, 422)
    flash(_("The rate was added."), "success")
    return htmx.go_to(url_for("billing_settings_admin.overview"))


@bp.get("/series-and-vat/series/check", permission=permissions.VIEW_TAX_SETTINGS)
def check_series() -> Response:
    """Look every series over for missing numbers and dates out of order."""
    return htmx.render(
        "billing/admin/series_check.html",
        findings=series_check.check(),
        series=number_series.listed(),
        labels=labels,
        columns=columns.SERIES_FLAWS,
        crumbs=(
            Crumb(_("Series and VAT"), url_for("billing_settings_admin.overview")),
            Crumb(_("Check of the series")),
        ),
    )


@bp.post("/series-and-vat/rates/<int:rate_id>/remove", permission=permissions.MANAGE_TAX_SETTINGS)
def remove_rate(rate_id: int) -> BaseResponse:
    """Take back a rate that is not in force yet."""
    try:
        rate_table.remove(rate_id)
    except Conflict as refusal:
        flash(str(refusal), "error")
    else:
        flash(_("The rate was taken back."), "success")
    return htmx.go_to(url_for("billing_settings_admin.overview"))


def _overview(series_form: SeriesForm, rate_form: RateForm, status: int = 200) -> Response:
    rate_form.country.choices = [SelectChoice(*pair) for pair in rate_table.countries()]
    return htmx.render(
        "billing/admin/settings.html",
        status=status,
        series=number_series.listed(),
        rates=rate_table.listed(),
        series_form=series_form,
        rate_form=rate_form,
        series_columns=columns.SERIES,
        rate_columns=columns.RATES,
        labels=labels,
        may_manage=current_principal().may(permissions.MANAGE_TAX_SETTINGS),
    )
