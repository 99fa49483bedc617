"""Which documents this installation sends to e-Factura."""

from datetime import date

from praho.billing.documents import snapshot
from praho.billing.efactura import duty
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

SEND, SEND_FROM = "efactura.send", "efactura.send_from"


def _refused_day(typed: str) -> str | None:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return gettext("Write the day as 2026-12-31.")
    return None


FIELDS = (
    SettingField(
        SEND,
        _("Send invoices to e-Factura"),
        SettingKind.BOOLEAN,
        False,
        "efactura",
        _("Invoices and credit notes that are issued from now on go to ANAF by themselves, once PRAHO is connected."),
    ),
    SettingField(
        SEND_FROM,
        _("First day of issue that is sent"),
        SettingKind.TEXT,
        "",
        "efactura",
        _("Such as 2026-12-01, where another program sends what is issued before. Empty: from now on."),
        check=_refused_day,
    ),
)


def sends(content: snapshot.DocumentSnapshot) -> bool:
    """Tell whether a document that is issued now is to be sent, by the law and by the settings."""
    if not values.flag(SEND) or not duty.is_due(content):
        return False
    first = values.text(SEND_FROM)
    return not first or content.issue_date >= date.fromisoformat(first)
