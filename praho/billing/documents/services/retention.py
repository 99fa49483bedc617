"""How long documents and what belongs to them have to be kept."""

from datetime import date

from sqlalchemy import func, select

from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.models.billing.documents import Document
from praho.models.billing.payments import Payment
from praho.settings.services import values

KEY = "billing.retention_years"
_FEWEST, _MOST = 5, 50


def until(whom: Forgotten) -> date | None:
    """Return the last (Bucharest) day on which a customer's newest document or payment is kept; None without any.

    Counted from the end of its year, as Legea contabilității 82/1991 art. 25 did and Regulation 282/2011 art. 63c
    does for the one-stop shop. One query.
    """
    issued = select(func.max(Document.issue_date)).where(Document.customer_id == whom.customer_id)
    received = select(func.max(Payment.received_on)).where(Payment.customer_id == whom.customer_id)
    newest = session().scalar(select(func.greatest(issued.scalar_subquery(), received.scalar_subquery())))
    return None if newest is None else date(newest.year + values.integer(KEY), 12, 31)


def _check(text: str) -> object | None:
    fits = text.strip().isdecimal() and _FEWEST <= int(text) <= _MOST
    return None if fits else _("From %(least)s to %(most)s years.", least=_FEWEST, most=_MOST)


FIELDS = (
    SettingField(
        KEY,
        _("Years for which documents are kept"),
        SettingKind.INTEGER,
        10,
        "billing",
        _("Counted from the end of the year. Who asks to be erased is told this day; nothing is deleted by itself."),
        check=_check,
    ),
)
