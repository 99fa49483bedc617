"""The VAT rates that staff keep: a new row is in force from its day on; nothing that was in force changes."""

from datetime import date
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.billing.tax import repos
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.models.billing.tax import VatRate


def listed() -> list[VatRate]:
    """Return the rates by country, the newest first."""
    return repos.all_rates()


def add(country: str, percent: Decimal, valid_from: date) -> None:
    """Add a standard rate from a Bucharest date on; raises Invalid where that country has one from that day."""
    try:
        with unit_of_work():
            session().add(VatRate(country=country, percent=percent, valid_from=valid_from))
            session().flush()
            recording.record(
                "vat_rate.added",
                subject=("vat_rate", f"{country} {valid_from.isoformat()}"),
                changes={"percent": [None, str(percent)]},
            )
    except IntegrityError as error:
        text = _("There is a rate from this day already.")
        raise Invalid(text, fields={"valid_from": text}) from error
