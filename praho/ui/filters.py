"""Template filters: the formats of `core.formatting` in the locale in force."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment

from praho.core import formatting
from praho.core.i18n import current_locale

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


def _in_current_locale(write: Callable[[Any, str], str]) -> Callable[[Any], str]:
    def localised(value: Any) -> str:
        return write(value, current_locale())

    return localised
