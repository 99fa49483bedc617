"""One-time passwords and recovery codes."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import time_machine

from praho.core import clock, totp

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
MOMENT = datetime(2026, 5, 1, 12, 0, 15, tzinfo=UTC)
PRESENT = int(MOMENT.timestamp()) // 30


@pytest.fixture(autouse=True)
def standing_time():
    with time_machine.travel(MOMENT, tick=False):
        yield


def code_of(counter):
    return pyotp.TOTP(SECRET).generate_otp(counter)


@pytest.mark.parametrize(
    ("unix_time", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(unix_time, code):
    with time_machine.travel(datetime.fromtimestamp(unix_time, UTC), tick=False):
        assert totp.verify(SECRET, code, None) == unix_time // 30


@pytest.mark.parametrize(("drift", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_either_way_is_forgiven(drift, accepted):
    expected = PRESENT + drift if accepted else None
    assert totp.verify(SECRET, code_of(PRESENT + drift), None) == expected


def test_a_code_works_once_and_no_older_one_after_it():
    counter = totp.verify(SECRET, code_of(PRESENT), None)
    assert counter == PRESENT
    assert totp.verify(SECRET, code_of(PRESENT), counter) is None
    assert totp.verify(SECRET, code_of(PRESENT - 1), counter) is None
    assert totp.verify(SECRET, code_of(PRESENT + 1), counter) == PRESENT + 1


def test_the_counter_zero_is_a_counter():
    with time_machine.travel(datetime.fromtimestamp(35, UTC), tick=False):
        assert totp.verify(SECRET, code_of(0), None) == 0
        assert totp.verify(SECRET, code_of(0), 0) is None
        assert totp.verify(SECRET, code_of(1), 0) == 1


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1} ", "{0}-{1}"])
def test_codes_may_be_typed_in_groups(typed):
    code = code_of(PRESENT)
    assert totp.verify(SECRET, typed.format(code[:3], code[3:]), None) == PRESENT


@pytest.mark.parametrize("typed", ["", "0", "abcdef", "1234567", "٣٣٣٣٣٣", "\x00", "x" * 5000])
def test_nonsense_is_no_code(typed):
    assert totp.verify(SECRET, typed, None) is None


def test_business_time_does_not_move_the_phone():
    with clock.moved_to(MOMENT + timedelta(days=400)):
        assert totp.verify(SECRET, code_of(PRESENT), None) == PRESENT


def test_the_address_for_the_app_names_account_and_issuer():
    secret = totp.new_secret()
    address = urlsplit(totp.provisioning_uri(secret, "ana@firma.example", "PRAHO Găzduire"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [secret]
    assert parse_qs(address.query)["issuer"] == ["PRAHO Găzduire"]
    assert len(secret) == 32
    assert totp.new_secret() != secret


def test_recovery_codes_are_kept_as_hashes_and_matched_as_typed():
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == 10
    hashes = [totp.hash_recovery_code(code) for code in codes]
    assert not set(codes) & set(hashes)
    for code, kept in zip(codes, hashes, strict=True):
        assert totp.match_recovery_code(f" {code.upper().replace('-', ' ')} ", hashes) == kept
    assert totp.match_recovery_code(codes[0], hashes[1:]) is None
    assert totp.match_recovery_code("", hashes) is None
    assert totp.match_recovery_code(codes[0], []) is None


def test_recovery_codes_have_no_letters_that_look_alike():
    assert not set("".join(totp.new_recovery_codes(50))) & set("ilo01")
