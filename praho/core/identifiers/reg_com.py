"""Numbers of the Romanian trade register: `J40/1234/2020`, and `J2025012345008` since 26 July 2024."""

import re
from dataclasses import dataclass
from datetime import date

from praho.core import clock
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import counties
from praho.core.identifiers.errors import InvalidIdentifier, normal

# J: companies; F: sole traders and family businesses; C: cooperatives.
_OLD = re.compile(r"([JFC])/?([0-9]{1,2})/([0-9]{1,5})/(?:([0-9]{1,2})\.([0-9]{1,2})\.)?([0-9]{4})", re.ASCII)
_NEW = re.compile(r"([JFC])([0-9]{4})([0-9]{6})([0-9]{2})([0-9])", re.ASCII)
_SEPARATORS = re.compile(r"[ /\\\-\u2010-\u2015]+")
_FIRST_YEAR = 1990
_LAST_OLD_YEAR = 2024
_NO_COUNTY = 0


class InvalidRegCom(InvalidIdentifier):
    """Not a number that the trade register gives."""


@dataclass(frozen=True, slots=True)
class RegCom:
    """A number of the trade register; `text` is its normal form. `county` is None in new numbers without one."""

    text: str
    kind: str
    county: int | None
    serial: int
    year: int

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> RegCom:
    """Read a number in either form, with a year or a full date at its end; raise `InvalidRegCom`."""
    upper = normal(text).upper()
    new = _NEW.fullmatch(_SEPARATORS.sub("", upper))
    if new is not None:
        return _parse_new(new)
    old = _OLD.fullmatch(_SEPARATORS.sub("/", upper))
    if old is None:
        raise InvalidRegCom("reg_com.format", _("Write the number as J40/1234/2020 or as J2025012345008."))
    return _parse_old(old)


def check_digit(kind: str, digits: str) -> str:
    """Return the last digit of a new number, from its letter and its other twelve digits."""
    return str((ord(kind) % 10 + sum(int(digit) for digit in digits)) % 10)


def _parse_old(found: re.Match[str]) -> RegCom:
    kind, county, serial, year = found[1], int(found[2]), int(found[3]), int(found[6])
    _check_serial(serial)
    if county not in counties.NUMBERS:
        raise InvalidRegCom("reg_com.county", _("The trade register has no county with this number."))
    if not _FIRST_YEAR <= year <= _LAST_OLD_YEAR:
        raise InvalidRegCom("reg_com.year", _("Numbers of this form were given from 1990 to 2024."))
    if found[4] is not None and not _is_date(year, int(found[5]), int(found[4])):
        raise InvalidRegCom("reg_com.format", _("Write the number as J40/1234/2020 or as J2025012345008."))
    return RegCom(f"{kind}{county:02}/{serial}/{year}", kind, county, serial, year)


def _parse_new(found: re.Match[str]) -> RegCom:
    kind, year, serial, county = found[1], int(found[2]), int(found[3]), int(found[4])
    _check_serial(serial)
    if not _FIRST_YEAR <= year <= clock.today().year:
        raise InvalidRegCom("reg_com.year", _("The year in this number cannot be right."))
    if not _fits_year(county, year):
        raise InvalidRegCom("reg_com.county", _("The trade register has no county with this number."))
    if check_digit(kind, found[0][1:-1]) != found[5]:
        raise InvalidRegCom("reg_com.check_digit", _("This number is mistyped: its check digit does not fit."))
    return RegCom(found[0], kind, None if county == _NO_COUNTY else county, serial, year)


def _fits_year(county: int, year: int) -> bool:
    # Firms registered after 2024-07-26 carry 00; older ones kept the county of their first number.
    if county == _NO_COUNTY:
        return year >= _LAST_OLD_YEAR
    return county in counties.NUMBERS and year <= _LAST_OLD_YEAR


def _check_serial(serial: int) -> None:
    if serial == 0:
        raise InvalidRegCom("reg_com.serial", _("The number between county and year cannot be zero."))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
