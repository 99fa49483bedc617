"""CNP: the personal code of a Romanian citizen or resident. It is masked wherever it is not asked for by name.

Structure `S YYMMDD JJ NNN C`: sex and century, birth date, county, serial number, check digit.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.ro import cnp as stdnum_cnp

from praho.core import clock
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, compact

CONSUMER_WITHOUT_CNP = "0000000000000"
"""Stands in e-Factura's XML for a person who gave no code (OUG 138/2024); never a code, never on a PDF."""

_SHAPE = re.compile(r"[0-9]{13}", re.ASCII)
_CENTURIES = {"1": (1900,), "2": (1900,), "3": (1800,), "4": (1800,), "5": (2000,), "6": (2000,)}
# 7, 8 (residents) and 9 (foreigners) do not tell the century.
_ANY_CENTURY = (2000, 1900)
# Separators are allowed inside, because people write the code in groups; digits around it are not.
_IN_TEXT = re.compile(
    r"(?<![0-9])[1-9][ -]?[0-9]{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12][0-9]|3[01])[ -]?"
    r"(?:[0-9][ -]?){5}[0-9](?![0-9])",
    re.ASCII,
)


class InvalidCnp(InvalidIdentifier):
    """Not the personal code of anybody."""


@dataclass(frozen=True, slots=True, repr=False)
class Cnp:
    """A valid personal code. Printing it shows a mask; `digits` is the code itself."""

    digits: str

    @property
    def birth_date(self) -> date | None:
        """The date of birth, or None where the first digit (7, 8, 9) does not tell the century."""
        centuries = _CENTURIES.get(self.digits[0])
        return None if centuries is None else _birth_date(self.digits, centuries[0])

    @property
    def masked(self) -> str:
        """The code with all but its last three digits hidden."""
        return mask(self.digits)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Cnp({self.masked})"


def parse(text: str) -> Cnp:
    """Read a personal code, with or without spaces; raise `InvalidCnp`. Thirteen zeros are no code."""
    digits = compact(text)
    if not _SHAPE.fullmatch(digits):
        raise InvalidCnp("cnp.format", _("A CNP has 13 digits."))
    if digits[0] == "0":
        raise InvalidCnp("cnp.first_digit", _("A CNP does not start with a zero."))
    _check_birth_date(digits)
    try:
        stdnum_cnp.get_county(digits)
    except stdnum_cnp.InvalidComponent:
        raise InvalidCnp("cnp.county", _("This CNP is mistyped: no county has this number.")) from None
    if stdnum_cnp.calc_check_digit(digits[:-1]) != digits[-1]:
        raise InvalidCnp("cnp.check_digit", _("This CNP is mistyped: its check digit does not fit."))
    return Cnp(digits)


def is_placeholder(text: str) -> bool:
    """Say whether this is the stand-in for a person without a code, which no PDF may show."""
    return compact(text) == CONSUMER_WITHOUT_CNP


def fiscal_code(code: Cnp | None) -> str:
    """Return what e-Factura's XML names as a person's code: the digits, or the stand-in where none was given."""
    return CONSUMER_WITHOUT_CNP if code is None else code.digits


def mask(digits: str) -> str:
    """Hide all but the last three characters of a personal code, valid or not."""
    return "*" * (len(digits) - 3) + digits[-3:]


def mask_in_text(text: str) -> str:
    """Hide everything in a text that could be somebody's personal code, mistyped ones included."""
    return _IN_TEXT.sub(lambda found: mask(re.sub(r"[ -]", "", found[0])), text)


def _check_birth_date(digits: str) -> None:
    dates = [_birth_date(digits, century) for century in _CENTURIES.get(digits[0], _ANY_CENTURY)]
    real = [born for born in dates if born is not None]
    if not real:
        raise InvalidCnp("cnp.birth_date", _("This CNP is mistyped: its date of birth does not exist."))
    if all(born > clock.today() for born in real):
        raise InvalidCnp("cnp.future", _("This CNP is mistyped: its date of birth lies in the future."))


def _birth_date(digits: str, century: int) -> date | None:
    try:
        return date(century + int(digits[1:3]), int(digits[3:5]), int(digits[5:7]))
    except ValueError:
        return None
