"""VAT identification numbers of businesses: the 27 states, Northern Ireland, the United Kingdom, Switzerland.

Only the form is checked here; whether a number is in force is VIES' answer, on the day of the invoice.
"""

import re
from dataclasses import dataclass

from stdnum import exceptions
from stdnum.ch import uid
from stdnum.eu import vat

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import cui
from praho.core.identifiers.errors import InvalidIdentifier, compact

GREEK_PREFIX = "EL"
NORTHERN_IRELAND = "XI"
_EU_LETTERS = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EU_PREFIXES = frozenset(_EU_LETTERS.split())
# Prefix of the id → country of the address (ISO 3166), where the two differ.
_ADDRESS_COUNTRY = {GREEK_PREFIX: "GR", NORTHERN_IRELAND: "GB"}
ADDRESS_COUNTRIES = tuple("GR" if prefix == GREEK_PREFIX else prefix for prefix in _EU_LETTERS.split())
"""The 27 member states as addresses write them."""
# Nine or twelve digits, or a government department or health authority. The check digits are left alone: HMRC
# has changed its rule without publishing it, and no tax hangs on the number of a buyer outside the Union.
_BRITISH = re.compile(r"[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}", re.ASCII)
_SWISS = re.compile(r"CHE([0-9]{9})(?:MWST|TVA|IVA|TPV)?", re.ASCII)


class InvalidVatId(InvalidIdentifier):
    """Not a VAT number of any country that we know."""


@dataclass(frozen=True, slots=True)
class VatId:
    """A well-formed VAT number: `prefix` as VIES and invoices write it (`EL` for Greece), and the rest."""

    prefix: str
    number: str

    @property
    def code(self) -> str:
        """The whole number, as it is stored and printed: `EL094259216`."""
        return self.prefix + self.number

    @property
    def country(self) -> str:
        """The country in ISO 3166 letters, as addresses write it: `GR` for `EL`, `GB` for `XI`."""
        return _ADDRESS_COUNTRY.get(self.prefix, self.prefix)

    @property
    def in_union(self) -> bool:
        """Whether a service to this business is one inside the EU. `XI` is not: it covers goods only."""
        return self.prefix in _EU_PREFIXES

    @property
    def in_vies(self) -> bool:
        """Whether VIES can be asked for a reverse charge of services."""
        return self.in_union

    def belongs_to(self, address_country: str) -> bool:
        """Say whether the number is of the country of the address (ISO 3166 letters).

        A number of another country is a conflict: it is no ground for a reverse charge.
        """
        return self.country == address_country

    def __str__(self) -> str:
        return self.code


def is_member_state(country: str) -> bool:
    """Tell whether a country (ISO 3166 letters) is one of the 27 whose numbers VIES knows."""
    return prefix_of(country) in _EU_PREFIXES


def prefix_of(country: str) -> str:
    """Return the letters that VAT numbers of a country (ISO 3166 letters) begin with: `EL` for `GR`."""
    return GREEK_PREFIX if country == "GR" else country


def parse(text: str) -> VatId:
    """Read a VAT number with its country's letters before it (`GR` is read as `EL`); raise `InvalidVatId`.

    Refused although some lists let them pass: a Romanian personal code, and the `EU` and `IM` numbers of the
    one-stop shop, which no buyer of ours identifies himself with.
    """
    typed = compact(text)
    prefix = GREEK_PREFIX if typed[:2] == "GR" else typed[:2]
    rest = typed[2:]
    if prefix in {"GB", NORTHERN_IRELAND}:
        return _british(prefix, rest)
    if prefix == "CH":
        return _swiss(typed)
    if prefix == "RO":
        return _romanian(typed)
    if prefix not in _EU_PREFIXES:
        raise InvalidVatId("vat_id.country", _("Start the VAT number with the letters of its country, such as DE."))
    try:
        return VatId(prefix, vat.validate(prefix + rest).removeprefix(prefix))
    except exceptions.ValidationError:
        raise InvalidVatId("vat_id.format", _("This is not a VAT number of that country.")) from None


def _british(prefix: str, rest: str) -> VatId:
    if not _BRITISH.fullmatch(rest):
        raise InvalidVatId("vat_id.format", _("This is not a VAT number of that country."))
    return VatId(prefix, rest)


def _swiss(typed: str) -> VatId:
    shape = _SWISS.fullmatch(typed.replace(".", ""))
    if shape is None or not uid.is_valid(f"CHE{shape[1]}"):
        raise InvalidVatId("vat_id.format", _("This is not a VAT number of that country."))
    return VatId("CH", f"E{shape[1]}")


def _romanian(typed: str) -> VatId:
    try:
        return VatId("RO", cui.parse(typed).number)
    except cui.InvalidCui as refusal:
        raise InvalidVatId(refusal.code, refusal.message) from None
