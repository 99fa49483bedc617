"""What all parsers promise: a frozen value or their own error, and an error that does not repeat the input."""

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core import errors, i18n
from praho.core.identifiers import cnp, counties, cui, domain_name, iban, phone, post_code, reg_com, vat_id
from praho.core.identifiers.errors import InvalidIdentifier

PARSERS = {
    cnp.parse: "1630615123457",
    counties.parse: "CJ",
    cui.parse: "RO14399840",
    domain_name.parse: "example.ro",
    iban.parse: "RO49AAAA1B31007593840000",
    phone.parse: "0721234567",
    post_code.parse: "031472",
    reg_com.parse: "J40/1234/2020",
    vat_id.parse: "DE136695976",
}
each_parser = pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__module__.rpartition(".")[2])


@each_parser
@given(typed=st.one_of(st.text(max_size=40), st.text("0123456789ROJDE.-/ +", max_size=24)))
def test_any_text_is_read_or_refused(parse, typed):
    try:
        value = parse(typed)
    except InvalidIdentifier as refusal:
        assert refusal.code.partition(".")[2]
        assert str(refusal)
    else:
        assert str(value).isascii()


@each_parser
def test_values_are_frozen_and_travel(parse):
    value = parse(PARSERS[parse])
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, "x")
    assert pickle.loads(pickle.dumps(value)) == value
    assert hash(value) == hash(parse(PARSERS[parse]))


@each_parser
@pytest.mark.parametrize("secret", ["1630615123458", "0721999111222333", "Șțx-99887766"])
def test_a_refusal_never_repeats_what_was_typed(parse, secret):
    with pytest.raises(InvalidIdentifier) as refusal:
        parse(secret)
    error = refusal.value
    assert secret not in f"{error}{error!r}{error.args}{error.__cause__}"
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None


@each_parser
def test_a_refusal_suits_a_form_field_and_a_page(parse):
    with pytest.raises(InvalidIdentifier) as refusal:
        parse("")
    assert isinstance(refusal.value, errors.Invalid)
    assert isinstance(refusal.value, ValueError)
    assert refusal.value.http_status == 422
    assert str(refusal.value.args[0]) == str(refusal.value)


@each_parser
def test_a_refusal_speaks_the_readers_language(parse):
    with pytest.raises(InvalidIdentifier) as refusal:
        parse("")
    with i18n.in_locale("en"):
        english = str(refusal.value)
    with i18n.in_locale("ro"):
        assert str(refusal.value) != english
