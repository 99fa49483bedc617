"""What may be typed about a buyer, case by case; a refusal names the field and repeats nothing."""

import pytest

from praho.core.errors import Invalid
from praho.customers.services import checking
from tests.customers.samples import company, person


def refused(typed):
    with pytest.raises(Invalid) as refusal:
        checking.checked(typed)
    return {name: str(sentence) for name, sentence in refusal.value.fields.items()}


@pytest.mark.parametrize(
    ("typed", "cui", "pays_vat"),
    [
        pytest.param("RO14399840", "14399840", True, id="A1"),
        pytest.param("14399840", "14399840", False, id="A1-without-prefix"),
        pytest.param("ro 1234 5674", "12345674", True, id="A3"),
        pytest.param("1000050", "1000050", False, id="A4"),
        pytest.param("361757", "361757", False, id="A5-itself"),
        pytest.param("19", "19", False, id="A6-19"),
        pytest.param("27", "27", False, id="A6-27"),
        pytest.param("１４３９９８４０", "14399840", False, id="A10"),
    ],
)
def test_a_cui_is_kept_in_digits(typed, cui, pays_vat):
    checked = checking.checked(company(cui=typed))
    assert (checked.cui, checked.vat_payer) == (cui, pays_vat)
    assert checked.vat_id == (f"RO{cui}" if pays_vat else None)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("14399841", id="A2"),
        pytest.param("00361757", id="A5"),
        pytest.param("0123456", id="A5-zero"),
        pytest.param("1", id="A6-1"),
        pytest.param("0", id="A6-0"),
        pytest.param("", id="A6-empty"),
        pytest.param("RO", id="A6-RO"),
        pytest.param("12345678901", id="A7"),
        pytest.param("R014399840", id="A8"),
        pytest.param("1630615123457", id="A9"),
        pytest.param("DE136695976", id="B25-foreign"),
        pytest.param("EL094259216", id="B18-foreign"),
    ],
)
def test_a_cui_that_cannot_be_is_refused_beside_its_field(typed):
    fields = refused(company(cui=typed))
    assert set(fields) == {"cui"}
    assert len(typed) < 7 or typed not in fields["cui"]


def test_a_foreign_vat_number_gets_a_sentence_of_its_own():
    assert refused(company(cui="DE136695976")) != refused(company(cui="14399841"))


def test_the_box_makes_a_vat_payer_of_a_bare_number():
    assert checking.checked(company(cui="14399840", vat_payer=True)).vat_id == "RO14399840"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1630615123457", id="B1"),
        pytest.param("6000229170018", id="B3"),
        pytest.param("7010101170011", id="B8"),
        pytest.param("163 0615 123457", id="B1-grouped"),
    ],
)
def test_a_cnp_is_kept(typed):
    assert checking.checked(person(cnp=typed)).cnp == typed.replace(" ", "")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("1630615123458", id="B2"),
        pytest.param("5990230170013", id="B4"),
        pytest.param("1630615993457", id="B5"),
        pytest.param("0000000000000", id="B6"),
    ],
)
def test_a_cnp_that_cannot_be_is_refused_and_not_repeated(typed):
    fields = refused(person(cnp=typed))
    assert set(fields) == {"cnp"}
    assert typed not in fields["cnp"], "B7"


def test_a_person_without_a_cnp_is_a_buyer():
    assert checking.checked(person()).cnp is None


def test_each_kind_has_its_own_numbers():
    buyer = checking.checked(person(cui="14399840", reg_com="J40/1234/2020", vat_payer=True))
    assert (buyer.cui, buyer.reg_com, buyer.vat_payer, buyer.vat_id) == (None, None, False, None)
    assert checking.checked(company(cnp="1630615123457")).cnp is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("J40/1234/2020", "J40/1234/2020", id="B9"),
        pytest.param("j 40/1234/2020", "J40/1234/2020", id="B9-spaced"),
        pytest.param("J40/1234/12.03.2020", "J40/1234/2020", id="B9-dated"),
        pytest.param("J2012000750528", "J2012000750528", id="B10-2012"),
        pytest.param("J2024000123402", "J2024000123402", id="B10-2024"),
        pytest.param("J2025012345008", "J2025012345008", id="B10-2025"),
        pytest.param("", None, id="none"),
    ],
)
def test_a_register_number_is_kept_in_its_normal_form(typed, kept):
    assert checking.checked(company(reg_com=typed)).reg_com == kept


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("J2012000750529", id="B11"),
        pytest.param("J2025012345408", id="B11-county"),
        pytest.param("J41/1/2000", id="B12-county"),
        pytest.param("40/1234/2020", id="B12-letter"),
        pytest.param("J40/1234/2027", id="B12-year"),
        pytest.param("J40/0/2020", id="B12-zero"),
    ],
)
def test_a_register_number_that_cannot_be_is_refused(typed):
    assert set(refused(company(reg_com=typed))) == {"reg_com"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("RO49 AAAA 1B31 0075 9384 0000", "RO49AAAA1B31007593840000", id="B13"),
        pytest.param("DE89 3704 0044 0532 0130 00", "DE89370400440532013000", id="B15"),
    ],
)
def test_an_iban_is_kept_without_spaces(typed, kept):
    assert checking.checked(company(iban=typed)).iban == kept


@pytest.mark.parametrize("typed", ["RO48AAAA1B31007593840000", "RO49AAAA1B3100759384000"])
def test_an_iban_that_cannot_be_is_refused(typed):
    assert set(refused(company(iban=typed))) == {"iban"}


@pytest.mark.parametrize("typed", ["0721234567", "0040721234567", "+40 721 234 567"])
def test_a_phone_number_is_kept_in_its_international_form(typed):
    assert checking.checked(company(phone=typed)).phone == "+40721234567"


@pytest.mark.parametrize("typed", ["072123456", "+4072123456789", "1212", ""])
def test_a_phone_number_that_cannot_be_is_refused(typed):
    assert set(refused(company(phone=typed))) == {"phone"}


@pytest.mark.parametrize(
    ("county", "city", "stored"),
    [
        ("RO-B", "Sector 3", "SECTOR3"),
        ("București", "s 6", "SECTOR6"),
        ("CJ", "  Cluj-Napoca ", "Cluj-Napoca"),
        ("județul Iași", "Pașcani", "Pașcani"),
    ],
)
def test_bucharest_is_addressed_by_its_sectors(county, city, stored):
    assert checking.checked(company(county=county, city=city)).address.city == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"county": "RO-B", "city": "București"}, "city"),
        ({"county": "RO-B", "city": "Sector 7"}, "city"),
        ({"county": "RO-CJ", "city": "Sector 2"}, "city"),
        ({"county": "RO-CJ", "city": " "}, "city"),
        ({"county": ""}, "county"),
        ({"county": "RO-XX"}, "county"),
        ({"post_code": "31472"}, "post_code"),
        ({"post_code": "abc"}, "post_code"),
        ({"street": " "}, "street"),
        ({"street": "x" * 151}, "street"),
        ({"city": "x" * 51}, "city"),
        ({"name": "x" * 201}, "name"),
        ({"name": ""}, "name"),
        ({"email": "no address"}, "email"),
        ({"locale": "de"}, "locale"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(typed, field):
    assert set(refused(company(**typed))) == {field}


def test_a_post_code_keeps_its_zero():
    assert checking.checked(company(post_code="031472")).address.post_code == "031472"


def abroad(country, number="", **typed):
    return company(**{"country": country, "county": "", "city": "Berlin", "post_code": "10115", "cui": number,
                      "phone": "+4930901820", "reg_com": "", **typed})  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "vat_id", "payer"),
    [
        pytest.param(abroad("DE", "DE136695976"), "DE136695976", True, id="a German number"),
        pytest.param(abroad("DE", "136 695 976"), "DE136695976", True, id="without its letters"),
        pytest.param(abroad("DE"), None, False, id="none"),
        pytest.param(abroad("GR", "GR094259216"), "EL094259216", True, id="B18"),
        pytest.param(abroad("GB", "XI123456789", post_code=""), "123456789", False, id="B19"),
        pytest.param(abroad("CH", "CHE-107.787.577", post_code=""), "CHE107787577", False, id="B20"),
        pytest.param(abroad("US", "12-3456789", post_code=""), "12-3456789", False, id="a local number"),
        pytest.param(abroad("MC", "FR40303265045", post_code="98000"), "FR40303265045", True, id="Monaco"),
    ],
)
def test_companies_elsewhere_have_a_vat_number_or_a_local_one(typed, vat_id, payer):
    known = checking.checked(typed)
    assert (known.cui, known.vat_payer) == (None, payer)
    assert known.vat_id == vat_id or (vat_id is not None and known.vat_id is not None and known.vat_id.endswith(vat_id))
    assert (known.address.country, known.address.county_code) == (typed.country, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param(abroad("XX"), "country", id="no country"),
        pytest.param(abroad("EU"), "country", id="a grouping"),
        pytest.param(abroad("DE", "RO14399840"), "cui", id="B25"),
        pytest.param(abroad("DE", "DE136695977"), "cui", id="mistyped"),
        pytest.param(abroad("DE", post_code=""), "post_code", id="where the post code decides"),
        pytest.param(abroad("MD", city=""), "city", id="no town"),
    ],
)
def test_buyers_elsewhere_are_checked_too(typed, field):
    assert set(refused(typed)) == {field}


def test_everything_wrong_is_said_at_once():
    fields = refused(company(name="", email="x", phone="1", street="", city="", county="", cui="1", iban="1"))
    assert set(fields) == {"name", "email", "phone", "street", "county", "cui", "iban"}
