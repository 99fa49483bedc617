"""Encryption at rest, message authentication, signed links and tokens."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from praho import config
from praho.core import crypto
from praho.core.crypto import EncryptedField, Place


def new_ring(*names):
    return crypto.parse_keys(",".join(config.new_encryption_key(name) for name in names))


RING = new_ring("a")
PLACE = Place("provider_accounts", "api_key", "acc_1")


class Account:
    """A row, as far as a secret is concerned."""

    __tablename__ = "provider_accounts"
    api_key = EncryptedField("api_key_encrypted")
    password = EncryptedField("password_encrypted")

    def __init__(self, public_id):
        self.public_id = public_id
        self.api_key_encrypted = None
        self.password_encrypted = None


class OtherTable(Account):
    __tablename__ = "other_accounts"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_comes_back(plaintext):
    sealed = RING.encrypt(plaintext, PLACE)
    assert RING.decrypt(sealed, PLACE) == plaintext
    assert sealed.isascii()
    assert sealed != RING.encrypt(plaintext, PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("other_accounts", "api_key", "acc_1"),
        Place("provider_accounts", "password", "acc_1"),
        Place("provider_accounts", "api_key", "acc_2"),
        Place("provider_accounts", "api_keyacc", "_1"),
        Place("provider_accounts\0api_key", "acc_1", ""),
        Place("provider_accounts", "", "api_key\0acc_1"),
    ],
)
def test_a_ciphertext_moved_elsewhere_does_not_decrypt(elsewhere):
    with pytest.raises(crypto.DecryptionFailed):
        RING.decrypt(RING.encrypt("secret", PLACE), elsewhere)


def test_every_changed_character_is_noticed():
    sealed = RING.encrypt("secret", PLACE)
    for index, character in enumerate(sealed):
        changed = sealed[:index] + ("A" if character != "A" else "B") + sealed[index + 1 :]
        # The last character carries unused bits, so another one may mean the same bytes.
        if index == len(sealed) - 1 and changed[:-1] == sealed[:-1]:
            continue
        with pytest.raises(crypto.DecryptionFailed):
            RING.decrypt(changed, PLACE)


@pytest.mark.parametrize("damaged", ["", "secret", "v1", "v1.a", "v1.a.", "v1.a.AAAA", "v1.a.ă", "v2.a.AAAA", "v1..."])
def test_what_is_no_ciphertext_is_never_an_empty_secret(damaged):
    with pytest.raises(crypto.DecryptionFailed):
        RING.decrypt(damaged, PLACE)
    with pytest.raises(crypto.DecryptionFailed):
        RING.is_current(damaged)


def test_the_first_key_encrypts_and_all_decrypt():
    old, new = config.new_encryption_key("old"), config.new_encryption_key("new")
    before, after, later = (crypto.parse_keys(keys) for keys in (old, f"{new},{old}", new))
    sealed = before.encrypt("secret", PLACE)
    assert after.decrypt(sealed, PLACE) == "secret"
    assert (before.is_current(sealed), after.is_current(sealed)) == (True, False)
    assert later.decrypt(after.encrypt("secret", PLACE), PLACE) == "secret"
    with pytest.raises(crypto.DecryptionFailed, match="old"):
        later.decrypt(sealed, PLACE)


def test_another_key_of_the_same_name_does_not_decrypt():
    with pytest.raises(crypto.DecryptionFailed):
        new_ring("a").decrypt(RING.encrypt("secret", PLACE), PLACE)


def test_a_ring_does_not_print_its_keys():
    assert repr(RING) == "KeyRing()"


GOOD = base64.b64encode(bytes(range(200, 232))).decode()


@pytest.mark.parametrize(
    "configured",
    [
        "",
        GOOD,
        f":{GOOD}",
        "a:",
        "a:secret",
        "a:change-me",
        f"a:{base64.b64encode(bytes(31)).decode()}",
        f"a:{base64.b64encode(bytes(32)).decode()}",
        f"a:{base64.b64encode(b'0123456789abcdef0123456789abcdef').decode()}",
        f"a:{base64.b64encode(b'an English sentence of 32 bytes.').decode()}",
        f"a:{GOOD} # the key",
        f"a:{GOOD}#x",
        f"A b:{GOOD}",
        f"a:{GOOD},a:{base64.b64encode(bytes(range(100, 132))).decode()}",
        f"a:{GOOD},b:{GOOD}",
        f"a:{GOOD},",
    ],
)
def test_keys_of_the_wrong_shape_stop_the_start(configured):
    with pytest.raises(crypto.KeyRingError) as refusal:
        crypto.parse_keys(configured)
    assert GOOD not in str(refusal.value)


def test_without_keys_there_is_no_ring():
    with pytest.raises(crypto.KeyRingError), crypto.using(RING):
        crypto._ring.clear()
        try:
            crypto.ring()
        finally:
            crypto._ring.append(RING)


def test_configuring_again_replaces_the_ring():
    with crypto.using(RING):
        crypto.configure(config.new_encryption_key("fresh"))
        assert crypto.ring().primary == "fresh"


def test_a_field_encrypts_into_its_column_and_reads_it_back():
    account = Account("acc_1")
    with crypto.using(RING):
        account.api_key = "hunter2"
        assert account.api_key == "hunter2"
    assert account.api_key_encrypted.startswith("v1.a.")
    assert "hunter2" not in account.api_key_encrypted


def test_none_and_empty_are_two_things():
    account = Account("acc_1")
    with crypto.using(RING):
        account.api_key = ""
        assert account.api_key_encrypted is not None
        assert account.api_key == ""
        account.api_key = None
        assert account.api_key_encrypted is None
        assert account.api_key is None


def test_secrets_of_two_rows_fields_or_tables_cannot_be_swapped():
    first, second, third = Account("acc_1"), Account("acc_2"), OtherTable("acc_1")
    with crypto.using(RING):
        first.api_key = "secret"
        second.api_key_encrypted = third.api_key_encrypted = first.password_encrypted = first.api_key_encrypted
        for read in (lambda: second.api_key, lambda: third.api_key, lambda: first.password):
            with pytest.raises(crypto.DecryptionFailed):
                read()


@pytest.mark.parametrize("public_id", [None, ""])
def test_a_row_without_its_public_id_takes_no_secret(public_id):
    account = Account(public_id)
    with crypto.using(RING), pytest.raises(ValueError, match="public id"):
        account.api_key = "secret"
    assert account.api_key_encrypted is None


def test_a_model_may_declare_a_secret():
    class Base(DeclarativeBase):
        pass

    class Provider(Base):
        __tablename__ = "providers"
        id: Mapped[int] = mapped_column(primary_key=True)
        public_id: Mapped[str]
        api_key_encrypted: Mapped[str | None]
        api_key = EncryptedField("api_key_encrypted")

    with crypto.using(RING):
        provider = Provider(public_id="pro_1", api_key="secret")
        assert provider.api_key == "secret"
        assert RING.decrypt(provider.api_key_encrypted, Place("providers", "api_key_encrypted", "pro_1")) == "secret"
    assert set(Provider.__table__.columns.keys()) == {"id", "public_id", "api_key_encrypted"}
    assert crypto.encrypted_fields(Provider) == [Provider.api_key]


def test_rotation_moves_every_secret_to_the_first_key():
    old, new = config.new_encryption_key("old"), config.new_encryption_key("new")
    account = Account("acc_1")
    with crypto.using(crypto.parse_keys(old)):
        account.api_key, account.password = "one", None
    with crypto.using(crypto.parse_keys(f"{new},{old}")):
        assert crypto.rotate(account) == 1
        assert crypto.rotate(account) == 0
    with crypto.using(crypto.parse_keys(new)):
        assert (account.api_key, account.password) == ("one", None)
    assert len(crypto.encrypted_fields(OtherTable)) == 2


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_code_belongs_to_one_message_and_one_purpose(message, other):
    code = RING.mac("audit", message)
    assert RING.verify_mac("audit", message, code)
    assert RING.verify_mac("audit", other, code) == (message == other)
    assert not RING.verify_mac("mail", message, code)
    assert not new_ring("a").verify_mac("audit", message, code)
    assert not RING.verify_mac("audit", message, "")


def test_old_codes_hold_while_their_key_is_in_the_ring():
    old, new = config.new_encryption_key("old"), config.new_encryption_key("new")
    code = crypto.parse_keys(old).mac("audit", b"event")
    assert crypto.parse_keys(f"{new},{old}").verify_mac("audit", b"event", code)
    assert not crypto.parse_keys(new).verify_mac("audit", b"event", code)


def test_signed_links_expire_and_serve_one_purpose():
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        signed = RING.sign("confirm", {"user": "usr_1"})
    hour = timedelta(hours=1)
    with time_machine.travel(moment + hour, tick=False):
        assert RING.read_signed("confirm", signed, hour) == {"user": "usr_1"}
        with pytest.raises(crypto.InvalidSignature):
            RING.read_signed("reset", signed, hour)
        with pytest.raises(crypto.InvalidSignature):
            RING.read_signed("confirm", signed[:-2] + "xx", hour)
        with pytest.raises(crypto.InvalidSignature):
            RING.read_signed("confirm", "", hour)
        with pytest.raises(crypto.InvalidSignature):
            new_ring("a").read_signed("confirm", signed, hour)
    for wrong in (moment + hour + timedelta(seconds=1), moment - hour):
        with time_machine.travel(wrong, tick=False), pytest.raises(crypto.InvalidSignature):
            RING.read_signed("confirm", signed, hour)


def test_links_of_the_old_key_hold_while_it_is_in_the_ring():
    old, new = config.new_encryption_key("old"), config.new_encryption_key("new")
    signed = crypto.parse_keys(old).sign("confirm", "usr_1")
    assert crypto.parse_keys(f"{new},{old}").read_signed("confirm", signed, timedelta(hours=1)) == "usr_1"
    fresh = crypto.parse_keys(f"{new},{old}").sign("confirm", "usr_1")
    assert crypto.parse_keys(new).read_signed("confirm", fresh, timedelta(hours=1)) == "usr_1"
    with pytest.raises(crypto.InvalidSignature):
        crypto.parse_keys(new).read_signed("confirm", signed, timedelta(hours=1))


def test_tokens_are_kept_as_hashes_only():
    token, kept = crypto.new_token()
    assert len(token) >= 43
    assert kept == crypto.hash_token(token) != token
    assert crypto.new_token()[0] != token
    assert crypto.matches(crypto.hash_token(token), kept)
    assert not crypto.matches("ă", kept)
