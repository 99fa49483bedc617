"""The 42 counties of Romania (ISO 3166-2:RO) and the six sectors of Bucharest."""

import re
from dataclasses import dataclass

from praho.core import text as searchable
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers.errors import InvalidIdentifier, normal

BUCHAREST = "B"
SECTORS = ("SECTOR1", "SECTOR2", "SECTOR3", "SECTOR4", "SECTOR5", "SECTOR6")
"""The only city names that e-Factura takes for Bucharest (BR-RO-100, BR-RO-101)."""


class InvalidCounty(InvalidIdentifier):
    """Not a county of Romania, or a city that does not belong to it."""


@dataclass(frozen=True, slots=True)
class County:
    """A county: its code without `RO-`, its name, and its number in the trade register and in the CNP."""

    code: str
    name: str
    number: int

    @property
    def iso(self) -> str:
        """The ISO 3166-2 code, as e-Factura wants it: `RO-CJ`."""
        return f"RO-{self.code}"

    def __str__(self) -> str:
        return self.code


COUNTIES = tuple(
    County(code, name, number)
    for code, name, number in (
        ("AB", "Alba", 1),
        ("AR", "Arad", 2),
        ("AG", "Argeș", 3),
        ("BC", "Bacău", 4),
        ("BH", "Bihor", 5),
        ("BN", "Bistrița-Năsăud", 6),
        ("BT", "Botoșani", 7),
        ("BV", "Brașov", 8),
        ("BR", "Brăila", 9),
        ("B", "București", 40),
        ("BZ", "Buzău", 10),
        ("CS", "Caraș-Severin", 11),
        ("CL", "Călărași", 51),
        ("CJ", "Cluj", 12),
        ("CT", "Constanța", 13),
        ("CV", "Covasna", 14),
        ("DB", "Dâmbovița", 15),
        ("DJ", "Dolj", 16),
        ("GL", "Galați", 17),
        ("GR", "Giurgiu", 52),
        ("GJ", "Gorj", 18),
        ("HR", "Harghita", 19),
        ("HD", "Hunedoara", 20),
        ("IL", "Ialomița", 21),
        ("IS", "Iași", 22),
        ("IF", "Ilfov", 23),
        ("MM", "Maramureș", 24),
        ("MH", "Mehedinți", 25),
        ("MS", "Mureș", 26),
        ("NT", "Neamț", 27),
        ("OT", "Olt", 28),
        ("PH", "Prahova", 29),
        ("SM", "Satu Mare", 30),
        ("SJ", "Sălaj", 31),
        ("SB", "Sibiu", 32),
        ("SV", "Suceava", 33),
        ("TR", "Teleorman", 34),
        ("TM", "Timiș", 35),
        ("TL", "Tulcea", 36),
        ("VS", "Vaslui", 37),
        ("VL", "Vâlcea", 38),
        ("VN", "Vrancea", 39),
    )
)
"""All counties in the order of a Romanian list."""

_BY_CODE = {county.code: county for county in COUNTIES}
_BY_NAME = {" ".join(searchable.words(county.name)): county for county in COUNTIES}
NUMBERS = frozenset(county.number for county in COUNTIES)
_TITLES = {"judet", "judetul", "jud", "municipiul", "mun", "ro"}
_SECTOR = re.compile(r"(?:sectorul|sector|sect|sec|s) ?([0-9]+)")


def parse(text: str) -> County:
    """Read a county from its code (`CJ`, `RO-CJ`) or its name, in any case, with or without diacritics.

    Raises `InvalidCounty`.
    """
    words = [word for word in searchable.words(normal(text)) if word not in _TITLES]
    name = " ".join(words)
    county = _BY_CODE.get(name.upper()) or _BY_NAME.get(name)
    if county is None:
        raise InvalidCounty("county.unknown", _("There is no such county in Romania."))
    return county


def county_name(code: str) -> str:
    """Return the name of a county by its stored code (`CJ` or `RO-CJ`); raise `InvalidCounty`."""
    county = _BY_CODE.get(code.removeprefix("RO-"))
    if county is None:
        raise InvalidCounty("county.unknown", _("There is no such county in Romania."))
    return county.name


def parse_sector(text: str) -> str:
    """Read a sector of Bucharest (`Sector 3 Mun. București`, `sectorul 3`, `S3`) as `SECTOR3`.

    Raises `InvalidCounty`.
    """
    words = [word for word in searchable.words(normal(text)) if word not in _TITLES]
    spoken = " ".join(word for word in words if word not in {"bucuresti", "bucharest"})
    found = _SECTOR.fullmatch(spoken)
    sector = f"SECTOR{found[1]}" if found else ""
    if sector not in SECTORS:
        raise InvalidCounty("county.sector", _("In Bucharest, choose one of the sectors 1 to 6."))
    return sector


def sector_name(sector: str) -> str:
    """Return `Sector 3` for `SECTOR3`."""
    return f"Sector {SECTORS.index(sector) + 1}"


def city_in(county: County, city: str) -> str:
    """Return the city as it is stored for this county: a sector for Bucharest, else the trimmed name.

    Raises `InvalidCounty` for Bucharest without a sector, and for a sector in another county, which the
    ministry's own rules let pass.
    """
    if county.code == BUCHAREST:
        return parse_sector(city)
    trimmed = " ".join(city.split())
    if not trimmed:
        raise InvalidCounty("county.city", _("Give the town or the village."))
    if re.fullmatch(r"sector(ul)? ?[0-9]+", " ".join(searchable.words(trimmed))):
        raise InvalidCounty("county.sector_elsewhere", _("Sectors belong to Bucharest, not to this county."))
    return trimmed
