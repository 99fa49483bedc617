"""Where a buyer is for VAT: in Romania, in the Union's VAT territory, in an exception to it, or outside.

Directive 2006/112/EC art. 5 to 7; ISO 3166-1 codes, so Greece is `GR` and Northern Ireland, which is inside for
goods only, counts as the United Kingdom.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HOME = "RO"
STATES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""The 27 member states."""

# Places with a code of their own that count as a member state.
_COUNTS_AS = {"MC": "FR"}
# Parts of member states outside the VAT territory, by a code of their own: Åland, French overseas departments,
# the Canaries, Ceuta and Melilla.
_OUTSIDE_BY_CODE = frozenset({"AX", "GP", "MQ", "GF", "RE", "YT", "MF", "BL", "PM", "IC", "EA"})
# The same by post code, where the address carries the state's code.
_OUTSIDE_BY_POST_CODE = {
    "DE": re.compile(r"78266|27498"),  # Büsingen, Heligoland
    "ES": re.compile(r"(?:35|38|51|52)[0-9]{3}"),  # the Canaries, Ceuta, Melilla
    "FI": re.compile(r"22[0-9]{3}"),  # Åland
    "FR": re.compile(r"97[0-9]{3}|98[4-8][0-9]{2}"),  # overseas; 98000 is Monaco, which counts as France
    "GR": re.compile(r"6308[67]"),  # Mount Athos
    "IT": re.compile(r"23041|22061"),  # Livigno, Campione d'Italia
}


# Parts of member states with a standard rate of their own, inside the VAT territory: Madeira and the Azores, Jungholz
# and Mittelberg.
_OWN_RATE = {"PT": re.compile(r"9[0-9]{3}(?:[0-9]{3})?"), "AT": re.compile(r"6691|699[123]")}


class Zone(StrEnum):
    HOME = "home"
    UNION = "union"
    SPECIAL = "special"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Territory:
    """A zone, and the country whose VAT a consumer there pays: the state itself, or what counts as it."""

    zone: Zone
    country: str


def has_own_rate(country: str, post_code: str | None = None) -> bool:
    """Tell whether an address is in a part of its state where another standard rate than the state's is in force."""
    part = _OWN_RATE.get(country)
    return part is not None and part.fullmatch(re.sub(r"[^0-9]", "", post_code or "")) is not None


def of(country: str, post_code: str | None = None) -> Territory:
    """Return the territory of an address by its ISO 3166-1 code and its post code, with or without blanks."""
    state = _COUNTS_AS.get(country, country)
    if country in _OUTSIDE_BY_CODE:
        return Territory(Zone.SPECIAL, country)
    if state not in STATES:
        return Territory(Zone.OUTSIDE, country)
    exception = _OUTSIDE_BY_POST_CODE.get(state)
    digits = re.sub(r"[^0-9]", "", post_code or "")
    if exception is not None and exception.fullmatch(digits):
        return Territory(Zone.SPECIAL, state)
    return Territory(Zone.HOME if state == HOME else Zone.UNION, state)
