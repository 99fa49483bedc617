"""Trade register numbers; the ids are those of the reference cases, section B."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ro import onrc as reference

from praho.core import clock
from praho.core.identifiers import counties, reg_com


@pytest.mark.parametrize(
    ("typed", "normal", "county"),
    [
        pytest.param("J40/1234/2020", "J40/1234/2020", 40, id="B9"),
        pytest.param("j 40/1234/2020", "J40/1234/2020", 40, id="B9-lower-case"),
        pytest.param("J40/1234/12.03.2020", "J40/1234/2020", 40, id="B9-full-date"),
        pytest.param("J2012000750528", "J2012000750528", 52, id="B10-2012"),
        pytest.param("J2024000123402", "J2024000123402", 40, id="B10-2024"),
        pytest.param("J2025012345008", "J2025012345008", None, id="B10-2025"),
        pytest.param("J 2025 012345 00 8", "J2025012345008", None, id="new-with-spaces"),
        pytest.param("F6/007/1998", "F06/7/1998", 6, id="zeros"),
        pytest.param("C-52-1-1990", "C52/1/1990", 52, id="hyphens"),
    ],
)
def test_valid_numbers_are_normalised(typed, normal, county):
    number = reg_com.parse(typed)
    assert (number.text, number.county) == (normal, county)
    assert reg_com.parse(normal) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("J2012000750529", "reg_com.check_digit", id="B11-check-digit"),
        pytest.param("J2025012345408", "reg_com.county", id="B11-county-after-2024"),
        pytest.param("J41/1/2000", "reg_com.county", id="B12-county"),
        pytest.param("40/1234/2020", "reg_com.format", id="B12-letter"),
        pytest.param("J40/1234/2027", "reg_com.year", id="B12-year"),
        pytest.param("J40/0/2020", "reg_com.serial", id="B12-zero"),
        pytest.param("J2012000000523", "reg_com.serial", id="new-zero"),
        pytest.param("J40/1234/1989", "reg_com.year", id="before-1990"),
        pytest.param("J40/1234/20", "reg_com.format", id="short-year"),
        pytest.param("J40/123456/2020", "reg_com.format", id="long-serial"),
        pytest.param("J40/1234/31.02.2020", "reg_com.format", id="no-such-date"),
        pytest.param("X40/1234/2020", "reg_com.format", id="unknown-letter"),
        pytest.param("J2023000123009", "reg_com.county", id="no-county-before-2024"),
        pytest.param("", "reg_com.format", id="empty"),
    ],
)
def test_wrong_numbers_are_refused(typed, code):
    with pytest.raises(reg_com.InvalidRegCom) as refusal:
        reg_com.parse(typed)
    assert refusal.value.code == code


def test_business_time_decides_whether_a_year_has_come():
    number = "J202800012300" + reg_com.check_digit("J", "202800012300")
    with pytest.raises(reg_com.InvalidRegCom):
        reg_com.parse(number)
    with clock.moved_to(datetime(2028, 1, 2, tzinfo=UTC)):
        assert reg_com.parse(number).year == 2028


OLD = st.builds(
    "{}{}/{}/{}".format,
    st.sampled_from("JFC"),
    st.integers(0, 60),
    st.integers(1, 100_000),
    st.integers(1985, 2030),
)
NEW = st.builds(
    "{}{}{:06}{:02}{}".format,
    st.sampled_from("JFC"),
    st.integers(1985, 2026),
    st.integers(1, 999_999),
    st.sampled_from([0, *sorted(counties.NUMBERS), 41, 53]),
    st.integers(0, 9),
)


@given(st.one_of(OLD, NEW))
def test_numbers_above_zero_are_those_of_the_reference_implementation(typed):
    try:
        reg_com.parse(typed)
    except reg_com.InvalidRegCom:
        assert not reference.is_valid(typed)
    else:
        assert reference.is_valid(typed)
