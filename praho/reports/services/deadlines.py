"""When the returns of a month are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from praho.core import clock, months, working_days
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.reports.types import Period
from praho.settings.services import values

MONTHLY, QUARTERLY = "month", "quarter"
FIELDS = (
    SettingField(
        "reports.vat_period",
        _("Tax period of the VAT return"),
        SettingKind.CHOICE,
        MONTHLY,
        "tax",
        _("A quarter below EUR 100,000 of turnover, without purchases of goods from the EU. D300 and D394 follow."),
        choices=((MONTHLY, _("Month")), (QUARTERLY, _("Quarter"))),
    ),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A return that is due: for which period, and until when, a Bucharest date."""

    form: str
    label: str
    period: Period
    due: date
    note: str = ""

    @property
    def days_left(self) -> int:
        """How many days are left from today, negative when it has passed."""
        return (self.due - clock.today()).days


def of_month(day: date) -> list[Deadline]:
    """Return what is due for the month of a day, and for the quarter where that ends with it; the soonest first."""
    period = values.text("reports.vat_period")
    return compute(Period.month(day), quarterly=period == QUARTERLY)


def compute(month: Period, *, quarterly: bool) -> list[Deadline]:
    """Return the returns for a month. What falls on a day off is due on the next working day, but D398 is not moved.

    D300 and D390 are due on the 25th of the next month, D394 on the 30th (the last day of February), D406 on the last
    day of the next month, D398 on the last day of the month after the quarter.
    """
    quarter = Period.quarter(month.since)
    ends_quarter = month.until == quarter.until
    vat = quarter if quarterly else month
    found = [Deadline("D390", gettext("EU services, only with sales"), month, _next_month(month, 25))]
    if ends_quarter or not quarterly:
        always = gettext("Also without any sale.")
        found += [
            Deadline("D300", gettext("VAT return"), vat, _next_month(month, 25), always),
            Deadline(
                "D394",
                gettext("Domestic sales and series"),
                vat,
                _next_month(month, 30),
                gettext("Also without any sale."),
            ),
            Deadline("D406", gettext("SAF-T"), vat, _next_month(month, 31)),
        ]
    if ends_quarter:
        moved = gettext("Not moved from a day off. Only with a registration for the one-stop shop.")
        found.append(Deadline("D398", gettext("One-stop shop"), quarter, _day_of_next_month(month, 31), moved))
    return sorted(found, key=lambda deadline: (deadline.due, deadline.form))


def _next_month(month: Period, day: int) -> date:
    return working_days.at_or_after(_day_of_next_month(month, day))


def _day_of_next_month(month: Period, day: int) -> date:
    following = Period.month(month.until + timedelta(days=1))
    return months.add_months(following.since, 0, anchor_day=day)
