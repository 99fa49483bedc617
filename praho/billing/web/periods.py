"""The periods that people ask an accountant's questions about."""

from dataclasses import dataclass
from datetime import date, timedelta

from praho.core.i18n import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends included, under a name."""

    label: object
    since: date
    until: date


def offered(today: date) -> tuple[Period, ...]:
    """Return this and the last month and year, as seen from a Bucharest date."""
    this_month = today.replace(day=1)
    last_month_end = this_month - timedelta(days=1)
    return (
        Period(_("This month"), this_month, _month_end(today)),
        Period(_("Last month"), last_month_end.replace(day=1), last_month_end),
        Period(_("This year"), date(today.year, 1, 1), date(today.year, 12, 31)),
        Period(_("Last year"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    )


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
