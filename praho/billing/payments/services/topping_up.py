"""Adding funds: whether customers may, in which currencies, and how much at once.

A top-up is no sale yet, for nobody knows of what: it becomes the customer's balance, with a receipt where receipts are
issued for every payment. The fiscal invoice comes when the balance pays a proforma, dated by that day.
"""

from praho.catalogue.services import currencies
from praho.core.errors import Invalid
from praho.core.formatting import amount as written
from praho.core.i18n import current_locale, gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.money import Money
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

ALLOWED, LEAST, MOST = "payments.top_up", "payments.top_up_least", "payments.top_up_most"
LEAST_EUR, MOST_EUR = "payments.top_up_least_eur", "payments.top_up_most_eur"
_LARGEST = 1_000_000


def _refused_amount(text: str) -> str | None:
    """Return why a limit is not accepted, or None."""
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= _LARGEST:
        return None
    return gettext("Please give a whole amount from 1 to %(most)d.", most=_LARGEST)


FIELDS = (
    SettingField(
        ALLOWED,
        _("Customers may add funds"),
        SettingKind.BOOLEAN,
        True,
        "billing",
        _("What they add becomes their balance. The invoice is issued when it pays for something."),
    ),
    SettingField(LEAST, _("Least amount to add (RON)"), SettingKind.INTEGER, 10, "billing", check=_refused_amount),
    SettingField(MOST, _("Largest amount to add (RON)"), SettingKind.INTEGER, 5_000, "billing", check=_refused_amount),
    SettingField(LEAST_EUR, _("Least amount to add (EUR)"), SettingKind.INTEGER, 2, "billing", check=_refused_amount),
    SettingField(
        MOST_EUR, _("Largest amount to add (EUR)"), SettingKind.INTEGER, 1_000, "billing", check=_refused_amount
    ),
)


def is_allowed() -> bool:
    """Return whether customers may add funds."""
    return values.flag(ALLOWED)


def offered() -> tuple[str, ...]:
    """Return the currencies in which funds may be added, lei first: those that the shop sells in."""
    return currencies.sold()


def limits(currency: str) -> tuple[Money, Money]:
    """Return the least and the largest amount that may be added at once in one of the currencies on offer."""
    if currency == currencies.EURO:
        least, most = values.integer(LEAST_EUR), values.integer(MOST_EUR)
    else:
        least, most = values.integer(LEAST), values.integer(MOST)
    return Money(least * 100, currency), Money(most * 100, currency)


def require_allowed(amount: Money) -> None:
    """Raise Invalid for an amount that may not be added."""
    if not is_allowed() or amount.currency not in offered():
        raise Invalid(gettext("Funds cannot be added at the moment."))
    least, most = limits(amount.currency)
    if not least <= amount <= most:
        locale = current_locale()
        text = gettext(
            "Please choose an amount from %(least)s to %(most)s.",
            least=written(least, locale),
            most=written(most, locale),
        )
        raise Invalid(text, fields={"amount": text})
