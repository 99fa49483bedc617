"""Phone numbers, stored in E.164 (`+40721234567`)."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, normal

_TYPED = re.compile(r"\+?[0-9 ().\-/\u2010-\u2015]+", re.ASCII)
HOME = "RO"
_HOME_CODE = 40


class InvalidPhone(InvalidIdentifier):
    """Not a number that can be called."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A valid phone number in E.164."""

    e164: str

    @property
    def registry_form(self) -> str:
        """The form of RoTLD and EPP (RFC 5733): `+40.721234567`."""
        number = phonenumbers.parse(self.e164)
        return f"+{number.country_code}.{phonenumbers.national_significant_number(number)}"

    @property
    def national(self) -> str:
        """The number as it is dialled inside its country, digits only: `0721234567`."""
        number = phonenumbers.parse(self.e164)
        return re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))

    @property
    def formatted(self) -> str:
        """The number for reading: `0721 234 567` for a Romanian one, `+49 30 901820` for others."""
        number = phonenumbers.parse(self.e164)
        home = number.country_code == _HOME_CODE
        form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, form)

    def __str__(self) -> str:
        return self.e164


def parse(text: str, country: str = HOME) -> Phone:
    """Read a number as dialled from `country` (ISO 3166 letters), or with `+` or `00`; raise `InvalidPhone`.

    Letters and extensions are refused: the library would drop or translate them without a word.
    """
    typed = normal(text)
    if not _TYPED.fullmatch(typed):
        raise InvalidPhone("phone.format", _("Write the phone number with digits only, such as 0721 234 567."))
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise InvalidPhone("phone.unknown", _("This phone number does not exist.")) from None
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhone("phone.unknown", _("This phone number does not exist."))
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def country_of(text: str) -> str | None:
    """Return the country (ISO 3166 letters) of a number, None where it is of none; raise `InvalidPhone`."""
    found = phonenumbers.region_code_for_number(phonenumbers.parse(parse(text).e164))
    return found if found is not None and len(found) == 2 and found.isalpha() else None
