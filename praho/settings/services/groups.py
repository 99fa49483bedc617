"""The screens of settings: one for each group that a domain declares fields of."""

from praho.core.i18n import lazy_gettext as _
from praho.settings.services import catalogue
from praho.settings.types import SettingGroup

_KNOWN = (
    SettingGroup("company", _("Company data"), _("They are printed on every document."), "building-2", 10),
    SettingGroup("tax", _("VAT"), _("How sales are taxed at home and abroad, as your accountant says."), "percent", 15),
    SettingGroup("shop", _("Shop"), _("What the shop says of itself, and which links it shows."), "store", 18),
    SettingGroup("terms", _("Terms of service"), _("What customers accept when they order."), "scroll-text", 20),
    SettingGroup("orders", _("Orders"), _("How long an order waits for its payment."), "shopping-bag", 30),
    SettingGroup("billing", _("Documents and payments"), _("When documents are due, and how."), "file-text", 40),
    SettingGroup("documents", _("Look of documents"), _("Colour, logo and languages of PDFs."), "palette", 45),
    SettingGroup("efactura", _("e-Factura"), _("Which documents go to ANAF, and since when."), "send", 46),
    SettingGroup("domains", _("Domains"), _("What new domains get."), "globe", 50),
    SettingGroup("privacy", _("Privacy"), _("What is kept of people, and for how long."), "shield", 85),
    SettingGroup("integrations", _("Providers"), _("What is kept of the calls to providers."), "plug", 90),
)


def listing() -> list[SettingGroup]:
    """Return the groups that have fields, in the order of their screens."""
    used = {field.group for field in catalogue.fields().values()}
    known = {group.key: group for group in _KNOWN}
    return sorted(
        (known.get(key) or SettingGroup(key, key.replace("_", " ").capitalize(), "") for key in used),
        key=lambda group: (group.order, group.key),
    )
