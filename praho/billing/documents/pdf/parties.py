"""Seller and buyer as they are printed (Legea 227/2015 art. 319 (20), Legea 31/1990 art. 74)."""

from datetime import date
from typing import Any

from babel import Locale

from praho.billing.documents import snapshot
from praho.billing.documents.pdf.printable import text
from praho.core import formatting
from praho.core.i18n import current_locale, pgettext
from praho.core.i18n import gettext as _
from praho.core.identifiers import counties

_HOME = "RO"
_BUCHAREST = "RO-B"


def seller(party: snapshot.Party) -> dict[str, Any]:
    """Return the name and the lines of the seller: numbers, capital, seat and contacts."""
    lines = tax_numbers(party)
    if party.share_capital:
        lines.append(_("Share capital: %(amount)s", amount=text(party.share_capital)))
    lines += _address(party.address, home=party.address.country)
    lines += [text(contact) for contact in (party.phone, party.email) if contact]
    return {"name": text(party.name), "lines": lines}


def buyer(party: snapshot.Party, home: str) -> dict[str, Any]:
    """Return the name and the lines of the buyer; the country is named unless it is the seller's, `home`."""
    lines = tax_numbers(party) + _address(party.address, home=home)
    lines += [text(contact) for contact in (party.phone, party.email) if contact]
    return {"name": text(party.name), "lines": lines}


def tax_numbers(party: snapshot.Party) -> list[str]:
    """Return the fiscal code (with the VAT prefix of a payer) and the trade register's number."""
    if party.address.country != _HOME:
        return _numbers_abroad(party)
    lines = []
    code = party.vat_id if party.vat_payer else party.tax_number
    if code:
        lines.append(pgettext("printed document", "Tax number: %(number)s", number=formatting.cui(text(code))))
    if party.registration_number:
        lines.append(_("Trade register: %(number)s", number=text(party.registration_number)))
    return lines


def _numbers_abroad(party: snapshot.Party) -> list[str]:
    lines = []
    if party.vat_payer and party.vat_id:
        lines.append(pgettext("printed document", "VAT number: %(number)s", number=text(party.vat_id)))
    elif party.tax_number and party.tax_number != party.registration_number:
        lines.append(pgettext("printed document", "Company number: %(number)s", number=text(party.tax_number)))
    if party.registration_number:
        lines.append(pgettext("printed document", "Register: %(number)s", number=text(party.registration_number)))
    return lines


def day(value: date, locale: str) -> str:
    """Write a date of a document: `05.10.2026` in Romanian, `5 Oct 2026` elsewhere."""
    return formatting.numeric_date(value) if locale == "ro" else formatting.date(value, locale)


def _address(address: snapshot.Address, home: str) -> list[str]:
    place = [_city(address)]
    if address.country == _HOME and address.county is not None and address.county != _BUCHAREST:
        place.append(_("county %(name)s", name=counties.county_name(address.county)))
    if address.postal_code:
        place.append(text(address.postal_code))
    lines = [text(address.street), ", ".join(part for part in place if part)]
    if address.country != home:
        lines.append(Locale.parse(current_locale()).territories.get(address.country, address.country))
    return [line for line in lines if line]


def _city(address: snapshot.Address) -> str:
    if address.country == _HOME and address.county == _BUCHAREST and address.city in counties.SECTORS:
        return _("Bucharest, sector %(number)s", number=counties.SECTORS.index(address.city) + 1)
    return text(address.city)
