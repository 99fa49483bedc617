"""IBAN: the international bank account number (ISO 13616)."""

from dataclasses import dataclass

import schwifty
from schwifty.exceptions import InvalidChecksumDigits, SchwiftyException

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, compact


class InvalidIban(InvalidIdentifier):
    """Not an account number of any bank."""


@dataclass(frozen=True, slots=True)
class Iban:
    """A well-formed IBAN without spaces, as it is stored.

    The checksum cannot see every slip: a letter O typed for a final zero passes it. Only the bank's answer,
    or a statement, shows that the account exists.
    """

    compact: str

    @property
    def country(self) -> str:
        """The two letters of the account's country."""
        return self.compact[:2]

    @property
    def formatted(self) -> str:
        """The number in groups of four: `RO49 AAAA 1B31 0075 9384 0000`."""
        return " ".join(self.compact[start : start + 4] for start in range(0, len(self.compact), 4))

    @property
    def bank_name(self) -> str | None:
        """The bank's name by the bundled registry, where it is known."""
        return schwifty.IBAN(self.compact).bank_name

    @property
    def bic(self) -> str | None:
        """The bank's BIC by the bundled registry, where it is known."""
        bic = schwifty.IBAN(self.compact).bic
        return None if bic is None else str(bic)

    def __str__(self) -> str:
        return self.compact


def parse(text: str) -> Iban:
    """Read an IBAN of any country, with or without spaces; raise `InvalidIban`."""
    try:
        number = schwifty.IBAN(compact(text))
    except InvalidChecksumDigits:
        raise InvalidIban("iban.check_digits", _("This IBAN is mistyped: its check digits do not fit.")) from None
    except SchwiftyException:
        raise InvalidIban("iban.format", _("This is not an IBAN: check its length and its country.")) from None
    return Iban(number.compact)
