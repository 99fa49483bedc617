"""CUI: the identification number of a Romanian company, with `RO` before it once it pays VAT."""

import re
from dataclasses import dataclass

from stdnum.ro import cui as stdnum_cui

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, compact

_SHAPE = re.compile(r"(RO)?([0-9]+)", re.ASCII)
_CNP_LENGTH = 13


class InvalidCui(InvalidIdentifier):
    """Not the number of any company."""


@dataclass(frozen=True, slots=True)
class Cui:
    """A valid CUI: `number` is 2 to 10 digits; `vat_prefix` says whether `RO` was written before it."""

    number: str
    vat_prefix: bool

    @property
    def code(self) -> str:
        """The number as written on documents: `RO14399840` with the prefix, `14399840` without."""
        return f"RO{self.number}" if self.vat_prefix else self.number

    def as_vat_payer(self, registered: bool) -> "Cui":
        """Return the same company with the prefix that its VAT registration calls for."""
        return Cui(self.number, registered)

    def __str__(self) -> str:
        return self.code


def parse(text: str) -> Cui:
    """Read a CUI with or without `RO`, spaces and hyphens; raise `InvalidCui`.

    A personal code is refused here, although some lists of VAT numbers let it pass: a person is no company.
    """
    shape = _SHAPE.fullmatch(compact(text))
    if shape is None:
        raise InvalidCui("cui.format", _("A CUI is 2 to 10 digits, with or without RO before them."))
    digits = shape[2]
    if len(digits) == _CNP_LENGTH:
        raise InvalidCui("cui.is_cnp", _("This looks like a personal code (CNP), not like a company's CUI."))
    if digits.startswith("0"):
        raise InvalidCui("cui.leading_zero", _("A CUI does not start with a zero."))
    if not 2 <= len(digits) <= 10:
        raise InvalidCui("cui.length", _("A CUI is 2 to 10 digits, with or without RO before them."))
    if stdnum_cui.calc_check_digit(digits[:-1]) != digits[-1]:
        raise InvalidCui("cui.check_digit", _("This CUI is mistyped: its check digit does not fit."))
    return Cui(digits, vat_prefix=shape[1] is not None)
