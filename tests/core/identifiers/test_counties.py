"""Counties and the sectors of Bucharest."""

import pytest

from praho.core import text
from praho.core.identifiers import counties

ISO_CODES = """
AB AR AG BC BH BN BT BR BV B BZ CS CL CJ CT CV DB DJ GL GR GJ HR HD IL IS IF MM MH MS NT OT PH SM SJ SB SV TR TM
TL VL VS VN
"""


def test_there_are_the_42_of_iso_3166():
    assert {county.code for county in counties.COUNTIES} == set(ISO_CODES.split())
    assert len(counties.COUNTIES) == len(counties.NUMBERS) == 42
    assert {*range(1, 41), 51, 52} == counties.NUMBERS


def test_they_stand_in_romanian_order():
    names = [county.name for county in counties.COUNTIES]
    assert names == sorted(names, key=text.sort_key)


@pytest.mark.parametrize("county", counties.COUNTIES, ids=lambda county: county.code)
def test_each_is_found_by_code_and_by_name(county):
    cedilla = county.name.replace("ș", "ş").replace("ț", "ţ")
    spellings = [county.code, county.iso, county.iso.lower(), county.name, cedilla, text.fold(county.name).upper()]
    for spelling in [*spellings, f"Județul {county.name}", f"jud. {county.name}", county.name.replace("-", " ")]:
        assert counties.parse(spelling) is county
    assert counties.county_name(county.code) == counties.county_name(county.iso) == county.name


@pytest.mark.parametrize("typed", ["", "RO", "RO-", "XX", "Județul", "Transilvania", "Clu", "RO-CLUJ-X"])
def test_what_is_no_county_is_refused(typed):
    with pytest.raises(counties.InvalidCounty):
        counties.parse(typed)
    with pytest.raises(counties.InvalidCounty):
        counties.county_name(typed)


@pytest.mark.parametrize(
    ("typed", "sector"),
    [
        ("Sector 3 Mun. București", "SECTOR3"),
        ("sector1", "SECTOR1"),
        ("SECTOR6", "SECTOR6"),
        ("Sectorul 2", "SECTOR2"),
        ("București, sect. 5", "SECTOR5"),
        ("S4", "SECTOR4"),
    ],
)
def test_sectors_are_read_as_e_factura_names_them(typed, sector):
    assert counties.parse_sector(typed) == sector
    assert counties.sector_name(sector) == f"Sector {sector[-1]}"
    assert counties.city_in(counties.parse("B"), typed) == sector


@pytest.mark.parametrize("typed", ["Bucuresti", "SECTOR7", "Sector", "3", "Sector 12", ""])
def test_bucharest_without_its_sector_is_refused(typed):
    with pytest.raises(counties.InvalidCounty):
        counties.city_in(counties.parse("B"), typed)


def test_sectors_belong_to_bucharest_alone():
    ilfov = counties.parse("IF")
    assert counties.city_in(ilfov, "  Popești-Leordeni ") == "Popești-Leordeni"
    for city in ("SECTOR3", "Sector 3", " "):
        with pytest.raises(counties.InvalidCounty):
            counties.city_in(ilfov, city)
