"""IBAN, phone and post code; the ids are those of the reference cases, sections A and B."""

import pytest

from praho.core.identifiers import iban, phone, post_code


@pytest.mark.parametrize(
    ("typed", "stored", "formatted"),
    [
        pytest.param(
            "RO49 AAAA 1B31 0075 9384 0000",
            "RO49AAAA1B31007593840000",
            "RO49 AAAA 1B31 0075 9384 0000",
            id="B13",
        ),
        # The checksum takes O for 24, and 24 happens to fit: only the bank's answer shows the slip.
        pytest.param("RO49AAAA1B3100759384000O", "RO49AAAA1B3100759384000O", "RO49 AAAA 1B31 0075 9384 000O", id="B14"),
        pytest.param("DE89370400440532013000", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", id="B15"),
        pytest.param(
            "ro49-aaaa-1b31-0075-9384-0000", "RO49AAAA1B31007593840000", "RO49 AAAA 1B31 0075 9384 0000", id="lower"
        ),
    ],
)
def test_valid_ibans_are_normalised(typed, stored, formatted):
    number = iban.parse(typed)
    assert (str(number), number.formatted) == (stored, formatted)


def test_the_bank_is_named_where_it_is_known():
    assert iban.parse("DE89370400440532013000").bank_name == "Commerzbank"
    assert iban.parse("DE89370400440532013000").bic == "COBADEFFXXX"
    assert iban.parse("RO49AAAA1B31007593840000").bank_name is None
    assert iban.parse("RO49AAAA1B31007593840000").bic is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("RO48AAAA1B31007593840000", "iban.check_digits", id="B13-check-digits"),
        pytest.param("RO49AAAA1B3100759384000", "iban.format", id="B13-23-characters"),
        pytest.param("XX49AAAA1B31007593840000", "iban.format", id="no-such-country"),
        pytest.param("RO49AAAA1B31007593840000X", "iban.format", id="25-characters"),
        pytest.param("", "iban.format", id="empty"),
        pytest.param("RO49 ȘȘȘȘ 1B31 0075 9384 0000", "iban.format", id="other-letters"),
    ],
)
def test_wrong_ibans_are_refused(typed, code):
    with pytest.raises(iban.InvalidIban) as refusal:
        iban.parse(typed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "stored", "registry"),
    [
        pytest.param("0721234567", "+40721234567", "+40.721234567", id="B16"),
        pytest.param("0040721234567", "+40721234567", "+40.721234567", id="B16-double-zero"),
        pytest.param("+40 721-234.567", "+40721234567", "+40.721234567", id="separators"),
        pytest.param("(021) 310 00 00", "+40213100000", "+40.213100000", id="fixed"),
        pytest.param("０７２１２３４５６７", "+40721234567", "+40.721234567", id="full-width"),
        pytest.param("+49 30 901820", "+4930901820", "+49.30901820", id="foreign"),
        pytest.param("+39 06 69812345", "+390669812345", "+39.0669812345", id="italian-zero"),
    ],
)
def test_valid_phones_are_normalised(typed, stored, registry):
    number = phone.parse(typed)
    assert (number.e164, number.registry_form) == (stored, registry)
    assert phone.parse(stored) == number


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("072123456", id="B17-short"),
        pytest.param("+4072123456789", id="B17-long"),
        pytest.param("1212", id="B17-service"),
        pytest.param("0722 123 456 int. 5", id="extension"),
        pytest.param("0800-PRAHO", id="letters"),
        pytest.param("", id="empty"),
        pytest.param("+", id="plus-alone"),
        pytest.param("0721234567;ext=5", id="rfc-3966"),
    ],
)
def test_wrong_phones_are_refused(typed):
    with pytest.raises(phone.InvalidPhone):
        phone.parse(typed)


def test_a_phone_is_written_for_its_readers():
    assert phone.parse("0721234567").national == "0721234567"
    assert phone.parse("0721234567").formatted == "0721 234 567"
    assert phone.parse("+4930901820").formatted == "+49 30 901820"
    assert phone.parse("030 901820", country="DE").e164 == "+4930901820"


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("031472", "RO", "031472"),
        (" 031 472 ", "RO", "031472"),
        ("０３１４７２", "RO", "031472"),
        ("sw1a 1aa", "GB", "SW1A 1AA"),
        ("1010", "AT", "1010"),
        ("00-950", "PL", "00-950"),
    ],
)
def test_valid_post_codes_are_normalised(typed, country, stored):
    assert str(post_code.parse(typed, country)) == stored


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        pytest.param("31472", "RO", id="five-digits"),
        pytest.param("0314721", "RO", id="seven-digits"),
        pytest.param("000000", "RO", id="zeros"),
        pytest.param("03147A", "RO", id="letter"),
        pytest.param("", "RO", id="empty"),
        pytest.param("", "DE", id="empty-foreign"),
        pytest.param("1" * 21, "US", id="longer-than-e-factura-takes"),
        pytest.param("<b>", "DE", id="markup"),
    ],
)
def test_wrong_post_codes_are_refused(typed, country):
    with pytest.raises(post_code.InvalidPostCode):
        post_code.parse(typed, country)


@pytest.mark.parametrize(
    ("answered", "stored"),
    [
        pytest.param("31472", "031472", id="A15"),
        pytest.param("300001", "300001", id="whole"),
        pytest.param("", "", id="none"),
    ],
)
def test_lost_zeros_of_the_registry_come_back(answered, stored):
    assert post_code.restore_zeros(answered) == stored
