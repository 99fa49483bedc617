"""Personal codes; the ids are those of the reference cases, section B."""

import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import cnp as reference

from praho.core import clock
from praho.core.identifiers import cnp


def with_check_digit(body):
    return body + reference.calc_check_digit(body)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        pytest.param("1630615123457", date(1963, 6, 15), id="B1"),
        pytest.param("6000229170018", date(2000, 2, 29), id="B3"),
        pytest.param("7010101170011", None, id="B8"),
        pytest.param("1 630615 123457", date(1963, 6, 15), id="with-spaces"),
        pytest.param("１６３０６１５１２３４５７", date(1963, 6, 15), id="full-width"),
        pytest.param(with_check_digit("399010112345"), date(1899, 1, 1), id="nineteenth-century"),
        pytest.param(with_check_digit("163061547123"), date(1963, 6, 15), id="former-sector-7"),
        pytest.param(with_check_digit("163061570123"), date(1963, 6, 15), id="no-county"),
        # 29 February exists in 2000, not in 1900: a resident's code does not say which.
        pytest.param(with_check_digit("700022917001"), None, id="resident-of-a-leap-day"),
    ],
)
def test_valid_codes_tell_the_date_of_birth(typed, born):
    assert cnp.parse(typed).birth_date == born


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("1630615123458", "cnp.check_digit", id="B2"),
        pytest.param("5990230170013", "cnp.birth_date", id="B4"),
        pytest.param("1630615993457", "cnp.county", id="B5"),
        pytest.param("0000000000000", "cnp.first_digit", id="B6"),
        pytest.param("163061512345", "cnp.format", id="twelve-digits"),
        pytest.param("16306151234577", "cnp.format", id="fourteen-digits"),
        pytest.param("163061512345A", "cnp.format", id="letter"),
        pytest.param("", "cnp.format", id="empty"),
        pytest.param(with_check_digit("599123101234"), "cnp.future", id="born-in-2099"),
        pytest.param(with_check_digit("163130101234"), "cnp.birth_date", id="month-13"),
        pytest.param(with_check_digit("163061549123"), "cnp.county", id="county-49"),
    ],
)
def test_wrong_codes_are_refused(typed, code):
    with pytest.raises(cnp.InvalidCnp) as refusal:
        cnp.parse(typed)
    assert refusal.value.code == code


def test_business_time_decides_what_lies_in_the_future():
    newborn = with_check_digit("527030101234")
    with clock.moved_to(datetime(2027, 2, 28, 12, tzinfo=UTC)), pytest.raises(cnp.InvalidCnp):
        cnp.parse(newborn)
    with clock.moved_to(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        assert cnp.parse(newborn).birth_date == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("code", "in_xml"),
    [
        pytest.param(None, "0000000000000", id="B6-consumer-without-code"),
        pytest.param(cnp.parse("1630615123457"), "1630615123457", id="with-code"),
    ],
)
def test_the_stand_in_is_for_those_who_gave_no_code(code, in_xml):
    assert cnp.fiscal_code(code) == in_xml
    assert cnp.is_placeholder(in_xml) == (code is None)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(str, id="B7-text"),
        pytest.param(repr, id="B7-repr"),
        pytest.param("{}".format, id="B7-format"),
        pytest.param(lambda code: f"{[code]}", id="B7-in-a-list"),
        pytest.param(lambda code: code.masked, id="B7-mask"),
    ],
)
def test_printing_a_code_shows_its_mask(shown):
    assert shown(cnp.parse("1630615123457")).strip("[]Cnp()") == "**********457"


def test_a_code_survives_pickling():
    code = cnp.parse("1630615123457")
    assert pickle.loads(pickle.dumps(code)) == code


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("cod 1630615123457 greșit", "cod **********457 greșit", id="B7-in-a-sentence"),
        pytest.param("cnp=1630615123458&x=1", "cnp=**********458&x=1", id="B7-mistyped"),
        pytest.param("CNP1630615123457", "CNP**********457", id="B7-behind-letters"),
        pytest.param("1 630615 123457", "**********457", id="B7-in-groups"),
        pytest.param("1-630615-12345-7.", "**********457.", id="B7-with-hyphens"),
        pytest.param("1630615123457,6000229170018", "**********457,**********018", id="B7-two"),
        pytest.param("11630615123457", "11630615123457", id="fourteen-digits-are-no-code"),
        pytest.param("1700000000000", "1700000000000", id="milliseconds"),
        pytest.param("0000000000000", "0000000000000", id="stand-in"),
        pytest.param("2026-11-22T10:14:03", "2026-11-22T10:14:03", id="instant"),
        pytest.param("RO49 AAAA 1B31 0075 9384 0000", "RO49 AAAA 1B31 0075 9384 0000", id="iban"),
    ],
)
def test_codes_in_texts_are_masked(text, masked):
    assert cnp.mask_in_text(text) == masked


@given(st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(1, 46), st.integers(0, 999))
def test_every_date_and_county_makes_a_valid_code_that_texts_do_not_show(born, county, serial):
    first = "1" if born.year < 2000 else "6"
    digits = with_check_digit(f"{first}{born:%y%m%d}{county:02}{serial:03}")
    assert cnp.parse(digits).birth_date == born
    assert digits not in cnp.mask_in_text(f"<{digits}>")
