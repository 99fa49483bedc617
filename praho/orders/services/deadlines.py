"""How long an order waits for its payment; its proforma promises the same day."""

from datetime import date, timedelta

from praho.core import clock
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

KEY = "orders.pay_within_days"
_MOST = 90


def last_day() -> date:
    """Return the Bucharest date until which an order that is placed now may be paid, that day included."""
    return clock.today() + timedelta(days=values.integer(KEY))


def _check(text: str) -> object | None:
    fits = text.strip().isdecimal() and 1 <= int(text) <= _MOST
    return None if fits else _("From 1 to %(most)s days.", most=_MOST)


FIELDS = (
    SettingField(
        KEY,
        _("Days to pay"),
        SettingKind.INTEGER,
        14,
        "orders",
        _("An order that is not paid after so many days lapses, with its proforma."),
        check=_check,
    ),
)
