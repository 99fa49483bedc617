"""The VAT rates that staff keep: a new row is in force from its day on; nothing that was in force changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.billing.tax import repos, territories, wording
from praho.core import clock, text
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.models.billing.tax import VatRate


@dataclass(frozen=True, slots=True)
class CountryRates:
    """A country's rates: the one in force today, or None; those to come and those that were, the newest first."""

    country: str
    name: str
    current: VatRate | None
    coming: Sequence[VatRate]
    former: Sequence[VatRate]


def listed() -> list[CountryRates]:
    """Return the rates of every country that has one, Romania first, then by name in the reader's language."""
    today = clock.today()
    found = [
        _country(country, list(rows), today)
        for country, rows in groupby(repos.all_rates(), key=lambda rate: rate.country)
    ]
    return sorted(found, key=lambda one: (one.country != territories.HOME, text.sort_key(one.name)))


def countries() -> list[tuple[str, str]]:
    """Return the member states with their names, Romania first."""
    named = [(code, wording.country_name(code)) for code in territories.STATES]
    return sorted(named, key=lambda pair: (pair[0] != territories.HOME, text.sort_key(pair[1])))


def add(country: str, percent: Decimal, valid_from: date) -> None:
    """Add a standard rate from a Bucharest date on.

    Raises Invalid for a country outside the Union, for a rate of nothing, which no member state has as its standard
    rate (Directive 2006/112 art. 97), and where that country has a rate from that day.
    """
    if percent <= 0:
        nothing = _("A standard rate is above zero.")
        raise Invalid(nothing, fields={"percent": nothing})
    if country not in territories.STATES:
        unknown = _("Choose one of the member states.")
        raise Invalid(unknown, fields={"country": unknown})
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
        taken = _("There is a rate from this day already.")
        raise Invalid(taken, fields={"valid_from": taken}) from error


def remove(rate_id: int) -> None:
    """Take back a rate whose first day is still to come; raises NotFound, and Conflict for one that was in force."""
    with unit_of_work():
        row = repos.find_rate(rate_id)
        if row is None:
            raise NotFound(_("There is no such rate."))
        if row.valid_from <= clock.today():
            raise Conflict(_("This rate is or was in force: documents rest on it. Add the right one from a later day."))
        recording.record(
            "vat_rate.removed",
            subject=("vat_rate", f"{row.country} {row.valid_from.isoformat()}"),
            changes={"percent": [str(row.percent), None]},
        )
        session().delete(row)


def _country(country: str, rows: Sequence[VatRate], today: date) -> CountryRates:
    begun = [row for row in rows if row.valid_from <= today]
    coming = [row for row in rows if row.valid_from > today]
    return CountryRates(country, wording.country_name(country), begun[0] if begun else None, coming, begun[1:])
