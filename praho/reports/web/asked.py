"""What the address of a report asks for; nonsense is as if nothing had been given."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from praho.core import clock, months
from praho.core.i18n import gettext as _
from praho.core.web import arguments
from praho.models.billing.documents import DocumentKind
from praho.reports.types import Period, Treatment, Wanted
from praho.ui.lists import query_url
from praho.ui.navigation import NavItem

_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
_LONGEST = timedelta(days=366 * 10)


def period() -> Period:
    """Return the days from `from` to `to`, the month or quarter of `period`, or the month at hand."""
    since, until = arguments.day("from"), arguments.day("to")
    if since is not None and until is not None and _FIRST <= since <= until <= _LAST and until - since <= _LONGEST:
        return Period(since, until)
    return Period.parse(arguments.text("period")) or Period.month(clock.today())


def quarter() -> Period:
    """Return the quarter in which the asked period ends."""
    return Period.quarter(period().until)


def wanted() -> Wanted:
    """Return what the journal is narrowed to."""
    return Wanted(
        period(),
        arguments.chosen("treatment", Treatment),
        decimal("rate", Decimal(100)),
        arguments.text("place", 2) or None,
        arguments.text("partner", 40) or None,
        _kind(),
    )


def decimal(name: str, below: Decimal) -> Decimal | None:
    """Return the argument `name` as a decimal from nothing up to below a limit, typed with comma or point."""
    try:
        found = Decimal(arguments.text(name, 12).replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < below else None


def of(period: Period) -> dict[str, Any]:
    """Return a period as arguments of an address."""
    return {"from": period.since.isoformat(), "to": period.until.isoformat()}


def choices(current: Period) -> list[NavItem]:
    """Return the periods that are asked for most, as links to this page."""
    today = clock.today()
    last_month = Period.month(months.add_months(today, -1))
    last_quarter = Period.quarter(months.add_months(today, -3))
    return [
        NavItem(label, query_url(period=None, **of(choice)), active=choice == current)
        for label, choice in (
            (_("This month"), Period.month(today)),
            (_("Last month"), last_month),
            (_("This quarter"), Period.quarter(today)),
            (_("Last quarter"), last_quarter),
            (_("This year"), Period.year(today)),
        )
    ]


def neighbours(current: Period) -> tuple[str, str] | None:
    """Return the addresses of the month before and after, where the period is a month."""
    if not current.is_month:
        return None
    before, after = (Period.month(months.add_months(current.since, step)) for step in (-1, 1))
    return query_url(period=None, **of(before)), query_url(period=None, **of(after))


def journal_address(period: Period, **narrowed: Any) -> dict[str, Any]:
    """Return the arguments of the journal that shows what stands behind a figure."""
    return {**of(period), **{name: str(value) for name, value in narrowed.items() if value not in (None, "")}}


def _kind() -> DocumentKind | None:
    found = arguments.chosen("kind", DocumentKind)
    return found if found in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE) else None
