"""Template filters: the formats of `core.formatting` in the locale in force."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel import Locale
from jinja2 import Environment

from praho.core import clock, formatting
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _

LOCALISED: dict[str, Callable[[Any, str], str]] = {
    "money": formatting.amount,
    "bare_money": formatting.bare_amount,
    "number": formatting.number,
    "percent": formatting.percent,
    "date": formatting.date,
    "long_date": formatting.long_date,
    "datetime": formatting.datetime,
    "relative": formatting.relative,
}
PLAIN: dict[str, Callable[[Any], str]] = {
    "time": formatting.time,
    "cui": formatting.cui,
    "iban": formatting.iban,
    "phone": formatting.phone,
}


def register_filters(env: Environment) -> None:
    """Install the filters; each takes the value alone and follows `current_locale()` at the time of rendering."""
    env.filters.update({name: _in_current_locale(write) for name, write in LOCALISED.items()})
    env.filters.update(PLAIN)
    env.filters["relative_day"] = relative_day
    env.filters["language"] = language
    env.filters["day"] = day


def relative_day(day: date) -> str:
    """Write how far a Bucharest date is from today: `today`, `tomorrow`, `in 12 days`, `3 months ago`."""
    days = (day - clock.today()).days
    named = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return named[days] if days in named else formatting.days_away(days, current_locale())


def _in_current_locale(write: Callable[[Any, str], str]) -> Callable[[Any], str]:
    def localised(value: Any) -> str:
        return write(value, current_locale())

    return localised


def day(instant: datetime) -> str:
    """Write the Bucharest day of an instant: `15 Jan 2026`."""
    return formatting.date(formatting.legal_date(instant), current_locale())


def language(locale: str) -> str:
    """Write the name of a language, capitalised, in the reader's own: `Engleză` for `en`."""
    name = Locale.parse(locale).get_display_name(current_locale()) or locale
    return name[:1].upper() + name[1:]
