"""Post codes: six digits in Romania, where the first may be a zero; elsewhere what the country uses."""

import re
from dataclasses import dataclass

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, normal

HOME = "RO"
MAX_LENGTH = 20
"""The longest post code that e-Factura takes (BR-RO-L020)."""

_ROMANIAN = re.compile(r"[0-9]{6}", re.ASCII)
_FOREIGN = re.compile(rf"(?=.{{2,{MAX_LENGTH}}}$)[0-9A-Z]+(?:[ -][0-9A-Z]+)*", re.ASCII)


class InvalidPostCode(InvalidIdentifier):
    """Not a post code of the country."""


@dataclass(frozen=True, slots=True)
class PostCode:
    """A post code as it is stored: text, never a number."""

    country: str
    text: str

    def __str__(self) -> str:
        return self.text


def parse(text: str, country: str = HOME) -> PostCode:
    """Read the post code of an address in `country` (ISO 3166 letters); raise `InvalidPostCode`.

    Five digits are refused for Romania: a missing digit is more likely than a dropped zero.
    """
    typed = normal(text).upper()
    if country != HOME:
        if not _FOREIGN.fullmatch(typed):
            raise InvalidPostCode("post_code.format", _("This is not a post code."))
        return PostCode(country, typed)
    digits = re.sub(r"\s", "", typed)
    if not _ROMANIAN.fullmatch(digits) or digits == "000000":
        raise InvalidPostCode("post_code.romanian", _("A Romanian post code has six digits."))
    return PostCode(country, digits)


def restore_zeros(digits: str) -> str:
    """Return a Romanian post code whose leading zeros a computer took away (`31472` → `031472`).

    For answers of ANAF's registry, which treats the code as a number. An empty one stays empty.
    """
    return digits.strip().zfill(6) if digits.strip() else ""
