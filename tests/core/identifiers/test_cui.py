"""Company numbers; the ids are those of the reference cases, section A."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import cui as reference

from praho.core.identifiers import cui
from praho.core.identifiers.cui import Cui


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("RO14399840", Cui("14399840", vat_prefix=True), id="A1"),
        pytest.param("ro 1234 5674", Cui("12345674", vat_prefix=True), id="A3"),
        pytest.param("1000050", Cui("1000050", vat_prefix=False), id="A4"),
        pytest.param("361757", Cui("361757", vat_prefix=False), id="A5-without-zeros"),
        pytest.param("19", Cui("19", vat_prefix=False), id="A6-nineteen"),
        pytest.param("27", Cui("27", vat_prefix=False), id="A6-twenty-seven"),
        pytest.param("１４３９９８４０", Cui("14399840", vat_prefix=False), id="A10-normalised"),
        pytest.param("RO-14399840", Cui("14399840", vat_prefix=True), id="hyphen"),
        pytest.param("RO\u00a014399840\u200b", Cui("14399840", vat_prefix=True), id="invisible-spaces"),
    ],
)
def test_valid_numbers_are_normalised(typed, expected):
    assert cui.parse(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("14399841", "cui.check_digit", id="A2"),
        pytest.param("00361757", "cui.leading_zero", id="A5-two-zeros"),
        pytest.param("0123456", "cui.leading_zero", id="A5-one-zero"),
        pytest.param("1", "cui.length", id="A6-one"),
        pytest.param("0", "cui.leading_zero", id="A6-zero"),
        pytest.param("", "cui.format", id="A6-empty"),
        pytest.param("RO", "cui.format", id="A6-prefix-alone"),
        pytest.param("12345678901", "cui.length", id="A7"),
        pytest.param("R014399840", "cui.format", id="A8"),
        pytest.param("1630615123457", "cui.is_cnp", id="A9"),
        pytest.param("RO1630615123457", "cui.is_cnp", id="A9-with-prefix"),
        pytest.param("４２", "cui.check_digit", id="A10"),
        pytest.param("١٤٣٩٩٨٤٠", "cui.format", id="A10-arabic-digits"),
        pytest.param("RORO14399840", "cui.format", id="prefix-twice"),
        pytest.param("14399840\n19", "cui.check_digit", id="two-lines"),
        pytest.param("DE14399840", "cui.format", id="other-country"),
    ],
)
def test_wrong_numbers_are_refused(typed, code):
    with pytest.raises(cui.InvalidCui) as refusal:
        cui.parse(typed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("registered", "written"), [pytest.param(False, "14399840", id="A11"), pytest.param(True, "RO14399840", id="payer")]
)
def test_the_prefix_follows_the_vat_registration(registered, written):
    assert cui.parse("RO14399840").as_vat_payer(registered).code == written


@given(st.integers(1, 10**12))
def test_numbers_are_those_of_the_reference_implementation(number):
    try:
        accepted = cui.parse(str(number)).number
    except cui.InvalidCui:
        accepted = None
    assert accepted == (str(number) if reference.is_valid(str(number)) else None)


@given(st.integers(10, 999_999_999))
def test_every_body_has_its_check_digit(body):
    if len(str(body)) > 9:
        return
    valid = f"{body}{reference.calc_check_digit(str(body))}"
    assert cui.parse(f"RO{valid}") == Cui(valid, vat_prefix=True)
    wrong = str((int(valid[-1]) + 1) % 10)
    with pytest.raises(cui.InvalidCui):
        cui.parse(valid[:-1] + wrong)
