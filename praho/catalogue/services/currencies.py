"""The currencies that the shop sells in: lei always, euro where the settings say so."""

from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

HOME = "RON"
"""Everything on sale has a price in it."""
EURO = "EUR"
PRICED = (HOME, EURO)
"""The currencies that prices can be set in, whether or not the shop sells in them."""
_AT_HOME = "RO"

FIELDS = (
    SettingField(
        "shop.sells_in_euro",
        _("Sell in euro too"),
        SettingKind.BOOLEAN,
        False,
        "shop",
        _("Plans and endings are offered in euro where they have a price in euro. Invoices state their VAT in lei."),
    ),
    SettingField(
        "shop.currency_abroad",
        _("Currency that visitors from abroad see first"),
        SettingKind.CHOICE,
        EURO,
        "shop",
        _("Only while the shop sells in euro. Everybody can switch; visitors from Romania see lei first."),
        choices=((EURO, _("Euro")), (HOME, _("Lei"))),
    ),
)


def sold() -> tuple[str, ...]:
    """Return the currencies that the shop sells in, lei first."""
    return PRICED if values.flag("shop.sells_in_euro") else (HOME,)


def usual(country: str | None) -> str:
    """Return the currency in which a buyer of a country (ISO 3166-1 alpha-2) sees prices first; None is not known."""
    abroad = country is not None and country != _AT_HOME
    wanted = values.text("shop.currency_abroad") if abroad else HOME
    return wanted if wanted in sold() else HOME
