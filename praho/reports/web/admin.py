"""The company's books: what a period has, document by document, payment by payment, and as the returns ask for it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Response, url_for

from praho.billing.tax.services import policy, threshold
from praho.billing.tax.wording import country_name
from praho.core import clock
from praho.core.i18n import gettext as _
from praho.core.web import arguments, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.reports.permissions import VIEW_REPORTS
from praho.reports.services import deadlines, journal, one_stop_shop, receipts, returns, words
from praho.reports.types import Period, Wanted
from praho.reports.web import asked, columns, downloads, plots
from praho.ui.navigation import Crumb, NavItem

bp = SurfaceBlueprint("reports_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {
    "reports_admin.overview": 8,
    "reports_admin.sales": 6,
    "reports_admin.payments": 6,
    "reports_admin.vat_returns": 8,
    "reports_admin.oss": 10,
}
_MOST_LEI = Decimal(100)
_PARTNERS_SHOWN = 50


@bp.get("/reports", permission=VIEW_REPORTS)
def overview() -> Response:
    """Show a period: its sums, its course, when its returns are due, and the numbers that were used."""
    period = asked.period()
    sums = journal.totals(Wanted(period))
    net, vat = journal.all_of(sums)
    return _page(
        "overview",
        period,
        sums=sums,
        net=net,
        vat=vat,
        home_vat=journal.vat_at_home(sums),
        plot=plots.course(period),
        late=journal.issued_late(period),
        deadlines=deadlines.of_month(period.until),
        series=returns.series(period),
    )


@bp.get("/reports/journal", permission=VIEW_REPORTS)
def sales() -> Response:
    """List the invoices and credit notes of a period, as the address narrows them."""
    wanted = asked.wanted()
    sums = journal.totals(wanted)
    net, vat = journal.all_of(sums)
    page = journal.page(wanted, arguments.cursor())
    return _page("journal", wanted.period, wanted=wanted, sums=sums, net=net, vat=vat, page=page)


@bp.get("/reports/journal.csv", permission=VIEW_REPORTS)
def journal_csv() -> Response:
    """Hand out the sales journal for any program."""
    return downloads.as_csv(journal.sheet(asked.wanted()))


@bp.get("/reports/journal.xlsx", permission=VIEW_REPORTS)
def journal_xlsx() -> Response:
    """Hand out the sales journal as a workbook."""
    return downloads.as_xlsx(journal.sheet(asked.wanted()))


@bp.get("/reports/receipts", permission=VIEW_REPORTS)
def payments() -> Response:
    """List the money received in a period."""
    period = asked.period()
    return _page("receipts", period, totals=receipts.totals(period), page=receipts.page(period, arguments.cursor()))


@bp.get("/reports/receipts.csv", permission=VIEW_REPORTS)
def receipts_csv() -> Response:
    """Hand out the receipts for any program."""
    return downloads.as_csv(receipts.sheet(asked.period()))


@bp.get("/reports/receipts.xlsx", permission=VIEW_REPORTS)
def receipts_xlsx() -> Response:
    """Hand out the receipts as a workbook."""
    return downloads.as_xlsx(receipts.sheet(asked.period()))


@bp.get("/reports/vat-returns", permission=VIEW_REPORTS)
def vat_returns() -> Response:
    """Show the working figures of D300, D390 and D394."""
    period = asked.period()
    return _page(
        "vat_returns",
        period,
        rows=returns.d300(period, journal.totals(Wanted(period))),
        partners=returns.d390(period),
        home_partners=returns.d394(period),
        most=_PARTNERS_SHOWN,
        on_collection=policy.seller().on_collection,
        late=journal.issued_late(period),
    )


@bp.get("/reports/d390.csv", permission=VIEW_REPORTS)
def d390_csv() -> Response:
    """Hand out the rows of D390."""
    return downloads.as_csv(returns.d390_sheet(asked.period()))


@bp.get("/reports/d394.csv", permission=VIEW_REPORTS)
def d394_csv() -> Response:
    """Hand out the rows of D394."""
    return downloads.as_csv(returns.d394_sheet(asked.period()))


@bp.get("/reports/series.csv", permission=VIEW_REPORTS)
def series_csv() -> Response:
    """Hand out the numbers that were used."""
    return downloads.as_csv(returns.series_sheet(asked.period()))


@bp.get("/reports/one-stop-shop", permission=VIEW_REPORTS)
def oss() -> Response:
    """Show the working figures of D398, and how near the threshold is."""
    quarter = asked.quarter()
    return _page(
        "oss",
        quarter,
        found=_declared(quarter),
        watch=threshold.watch(quarter.until.year),
        country_name=country_name,
    )


@bp.get("/reports/one-stop-shop.csv", permission=VIEW_REPORTS)
def oss_csv() -> Response:
    """Hand out the rows of D398."""
    return downloads.as_csv(one_stop_shop.sheet(_declared(asked.quarter())))


def _declared(quarter: Period) -> one_stop_shop.Declared:
    typed = asked.decimal("ecb", _MOST_LEI)
    return one_stop_shop.declared(quarter, clock.today(), typed if typed != 0 else None)


def _page(name: str, period: Period, **values: Any) -> Response:
    crumbs = (Crumb(_("Reports"), url_for("reports_admin.overview", **asked.of(period))),)
    return htmx.render(
        f"reports/{name}.html",
        period=period,
        tabs=_tabs(name, period),
        choices=asked.choices(period),
        neighbours=asked.neighbours(period),
        columns=columns,
        words=words,
        journal_of=asked.journal_address,
        days_of=asked.of,
        crumbs=() if name == "overview" else crumbs,
        **values,
    )


def _tabs(current: str, period: Period) -> Sequence[NavItem]:
    days = asked.of(period)
    return [
        NavItem(label, url_for(f"reports_admin.{endpoint}", **days), icon, active=name == current)
        for name, endpoint, label, icon in (
            ("overview", "overview", _("Overview"), "chart-bar"),
            ("journal", "sales", _("Sales journal"), "list"),
            ("receipts", "payments", _("Payments received"), "wallet"),
            ("vat_returns", "vat_returns", _("VAT returns"), "landmark"),
            ("oss", "oss", _("One-stop shop"), "globe"),
        )
    ]
