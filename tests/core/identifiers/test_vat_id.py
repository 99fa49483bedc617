"""VAT numbers; the ids are those of the reference cases, section B."""

import pytest

from praho.core.identifiers import vat_id


@pytest.mark.parametrize(
    ("typed", "code", "country", "in_union"),
    [
        pytest.param("EL094259216", "EL094259216", "GR", True, id="B18"),
        pytest.param("GR 094 259 216", "EL094259216", "GR", True, id="B18-address-letters"),
        pytest.param("XI123456789", "XI123456789", "GB", False, id="B19"),
        pytest.param("GB980780684", "GB980780684", "GB", False, id="B20-british"),
        pytest.param("CHE-107.787.577 IVA", "CHE107787577", "CH", False, id="B20-swiss"),
        pytest.param("CHE-107.787.577", "CHE107787577", "CH", False, id="B20-swiss-plain"),
        pytest.param("ESX1234567L", "ESX1234567L", "ES", True, id="B21"),
        pytest.param("RO14399840", "RO14399840", "RO", True, id="romanian"),
        pytest.param("de 136695976", "DE136695976", "DE", True, id="german"),
        pytest.param("ATU57194903", "ATU57194903", "AT", True, id="austrian"),
        pytest.param("BE697449992", "BE0697449992", "BE", True, id="belgian-of-nine-digits"),
        pytest.param("FR61954506077", "FR61954506077", "FR", True, id="french"),
        pytest.param("NL004495445B01", "NL004495445B01", "NL", True, id="dutch"),
        pytest.param("IE8473625E", "IE8473625E", "IE", True, id="irish"),
    ],
)
def test_valid_numbers_are_normalised(typed, code, country, in_union):
    number = vat_id.parse(typed)
    assert (number.code, number.country, number.in_union, number.in_vies) == (code, country, in_union, in_union)
    assert vat_id.parse(code) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("RO14399841", "cui.check_digit", id="romanian-check-digit"),
        pytest.param("RO1630615123457", "cui.is_cnp", id="romanian-person"),
        pytest.param("RORO14399840", "cui.format", id="prefix-twice"),
        pytest.param("EU372022452", "vat_id.country", id="one-stop-shop"),
        pytest.param("IM3720000016", "vat_id.country", id="import-one-stop-shop"),
        pytest.param("DE136695977", "vat_id.format", id="german-check-digit"),
        pytest.param("094259216", "vat_id.country", id="no-letters"),
        pytest.param("US123456789", "vat_id.country", id="american"),
        pytest.param("GB12345678", "vat_id.format", id="short-british"),
        pytest.param("CHE-107.787.578", "vat_id.format", id="swiss-check-digit"),
        pytest.param("CH107787577", "vat_id.format", id="swiss-without-e"),
        pytest.param("", "vat_id.country", id="empty"),
    ],
)
def test_wrong_numbers_are_refused(typed, code):
    with pytest.raises(vat_id.InvalidVatId) as refusal:
        vat_id.parse(typed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("number", "address", "fits"),
    [
        pytest.param("RO14399840", "DE", False, id="B25"),
        pytest.param("DE136695976", "DE", True, id="same"),
        pytest.param("EL094259216", "GR", True, id="greek"),
        pytest.param("EL094259216", "EL", False, id="address-with-vat-letters"),
        pytest.param("XI123456789", "GB", True, id="northern-ireland"),
    ],
)
def test_a_number_belongs_to_the_country_of_the_address(number, address, fits):
    assert vat_id.parse(number).belongs_to(address) is fits
