"""Secrets: encryption at rest with a ring of keys, message authentication, signed links, opaque tokens.

The ring is read from `PRAHO_ENCRYPTION_KEYS` (`id:base64,id:base64`, 32 bytes each): the first key encrypts and
signs, every key decrypts and verifies. To rotate, put a new key first, re-encrypt the rows, take the old one
away. Whatever fails here raises; nothing is ever returned empty or stored in clear instead.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadData, URLSafeTimedSerializer

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = "v1"
_KEY_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")
_FEWEST_DISTINCT_BYTES = 12


class KeyRingError(ValueError):
    """The configured keys are missing or have the wrong shape; the process must not start."""


class DecryptionFailed(Exception):
    """A ciphertext is damaged, was moved from its row, or its key is gone."""


class InvalidSignature(Exception):
    """A signed text is forged, was made for another purpose, or has expired."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ciphertext lives. It is part of what is authenticated: moved elsewhere, it does not decrypt."""

    table: str
    field: str
    public_id: str

    @property
    def bound(self) -> bytes:
        """The place as bytes, without two places that look alike."""
        return f"{_VERSION}\0{self.table}\0{self.field}\0{self.public_id}".encode()


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys by id, in their configured order. Printing it shows the ids only."""

    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def primary(self) -> str:
        """The id of the key that encrypts and signs."""
        return next(iter(self.keys))

    def encrypt(self, plaintext: str, place: Place) -> str:
        """Return a printable ciphertext that decrypts only at this place (AES-256-GCM, random nonce)."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher(self.primary).encrypt(nonce, plaintext.encode(), place.bound)
        return f"{_VERSION}.{self.primary}.{_encode(nonce + sealed)}"

    def decrypt(self, ciphertext: str, place: Place) -> str:
        """Return the plaintext, or raise `DecryptionFailed`."""
        key_id, sealed = _take_apart(ciphertext)
        if key_id not in self.keys:
            raise DecryptionFailed(f"the key {key_id!r} is not in the ring")
        try:
            opened = self._cipher(key_id).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.bound)
        except InvalidTag:
            raise DecryptionFailed("the ciphertext does not belong to this place, or is damaged") from None
        return opened.decode()

    def is_current(self, ciphertext: str) -> bool:
        """Say whether the first key encrypted this; raise `DecryptionFailed` where it is no ciphertext."""
        return _take_apart(ciphertext)[0] == self.primary

    def mac(self, purpose: str, message: bytes) -> str:
        """Return an authentication code `key id.hex` of a message, valid for this purpose only."""
        return f"{self.primary}.{self._digest(self.primary, purpose, message)}"

    def verify_mac(self, purpose: str, message: bytes, code: str) -> bool:
        """Say whether the code belongs to the message; a code of an unknown key does not."""
        key_id, _, digest = code.partition(".")
        return key_id in self.keys and matches(digest, self._digest(key_id, purpose, message))

    def sign(self, purpose: str, payload: object) -> str:
        """Return a URL-safe signed text of a JSON payload; it is readable by anybody, so no secrets in it."""
        return str(self._serializer(purpose).dumps(payload))

    def read_signed(self, purpose: str, signed: str, max_age: timedelta) -> object:
        """Return the payload signed for this purpose at most `max_age` ago (machine time).

        Raises `InvalidSignature`, also for a signature from the future.
        """
        try:
            payload: object = self._serializer(purpose).loads(signed, max_age=int(max_age.total_seconds()))
        except BadData:
            raise InvalidSignature("forged, expired, or for another purpose") from None
        return payload

    def _cipher(self, key_id: str) -> AESGCM:
        return AESGCM(self._derived(key_id, "encryption"))

    def _digest(self, key_id: str, purpose: str, message: bytes) -> str:
        return hmac.new(self._derived(key_id, f"mac:{purpose}"), message, hashlib.sha256).hexdigest()

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        # The library signs with the last key of its list and verifies with all.
        keys = [self._derived(key_id, f"link:{purpose}") for key_id in reversed(list(self.keys))]
        return URLSafeTimedSerializer(
            keys, salt=purpose, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )

    def _derived(self, key_id: str, label: str) -> bytes:
        # One secret serves several purposes, and no purpose may learn anything of another (RFC 5869).
        info = f"praho {_VERSION} {label}".encode()
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self.keys[key_id])


class EncryptedField:
    """A secret of a row, kept encrypted in a text column of the same row: `api_key = EncryptedField("api_key_enc")`.

    Reading and writing it uses the ring in force and binds the ciphertext to the table, the column and the
    row's `public_id`, which must therefore be set first. None stays None; a text that is empty is encrypted
    like any other. Reading raises `DecryptionFailed` rather than return something wrong.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, row: None, model: type) -> Self: ...

    @overload
    def __get__(self, row: object, model: type) -> str | None: ...

    def __get__(self, row: object | None, model: type) -> Self | str | None:
        if row is None:
            return self
        ciphertext = getattr(row, self.column)
        return None if ciphertext is None else ring().decrypt(ciphertext, self._place(row))

    def __set__(self, row: object, value: str | None) -> None:
        sealed = None if value is None else ring().encrypt(value, self._place(row))
        setattr(row, self.column, sealed)

    def rotate(self, row: object) -> bool:
        """Encrypt the row's secret anew with the first key; say whether there was anything to do."""
        ciphertext = getattr(row, self.column)
        if ciphertext is None or ring().is_current(ciphertext):
            return False
        place = self._place(row)
        setattr(row, self.column, ring().encrypt(ring().decrypt(ciphertext, place), place))
        return True

    def _place(self, row: object) -> Place:
        public_id = getattr(row, "public_id", None)
        if not public_id:
            raise ValueError("a row needs its public id before it can hold a secret")
        return Place(type(row).__tablename__, self.column, public_id)  # type: ignore[attr-defined]


def encrypted_fields(model: type) -> list[EncryptedField]:
    """Return the secrets that a model declares, inherited ones included."""
    found = {name: value for parent in reversed(model.__mro__) for name, value in vars(parent).items()}
    return [value for value in found.values() if isinstance(value, EncryptedField)]


def rotate(row: object) -> int:
    """Encrypt every secret of a row with the first key; return how many were still under another."""
    return sum(secret.rotate(row) for secret in encrypted_fields(type(row)))


_ring: list[KeyRing] = []


def configure(configured: str) -> None:
    """Read the keys and put them in force for this process; raise `KeyRingError`."""
    _ring[:] = [parse_keys(configured)]


def ring() -> KeyRing:
    """Return the ring in force; raise `KeyRingError` where none was configured."""
    if not _ring:
        raise KeyRingError("no keys are configured: set PRAHO_ENCRYPTION_KEYS")
    return _ring[-1]


@contextmanager
def using(temporary: KeyRing) -> Iterator[None]:
    """Put another ring in force for the length of a block; for tests and for the rotation command."""
    _ring.append(temporary)
    try:
        yield
    finally:
        _ring.pop()


def parse_keys(configured: str) -> KeyRing:
    """Read `id:base64,id:base64`; raise `KeyRingError` for anything but distinct ids and 32 random-looking bytes."""
    keys: dict[str, bytes] = {}
    for entry in configured.split(","):
        key_id, colon, encoded = entry.strip().partition(":")
        if not colon or not _KEY_ID.fullmatch(key_id):
            raise KeyRingError("write the encryption keys as id:base64,id:base64")
        if key_id in keys:
            raise KeyRingError(f"the encryption key {key_id!r} is named twice")
        keys[key_id] = _key_bytes(key_id, encoded)
    if len(set(keys.values())) != len(keys):
        raise KeyRingError("two ids name the same encryption key")
    return KeyRing(keys)


def new_token() -> tuple[str, str]:
    """Return an unguessable URL-safe token for the holder, and the hash that is all we keep of it."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """Return the hex SHA-256 of a token. Only for random tokens: a password needs a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(given: str, expected: str) -> bool:
    """Compare two texts in time that does not tell where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())


def _key_bytes(key_id: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise KeyRingError(f"the encryption key {key_id!r} is not base64") from None
    if len(key) != KEY_BYTES:
        raise KeyRingError(f"the encryption key {key_id!r} has {len(key)} bytes instead of {KEY_BYTES}")
    # Random bytes repeat little; a sentence in base64 or a row of zeros does. The example of the docs fails too.
    if len(set(key)) < _FEWEST_DISTINCT_BYTES or key.isascii():
        raise KeyRingError(f"the encryption key {key_id!r} is not random: make one with `praho new-key`")
    return key


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _take_apart(ciphertext: str) -> tuple[str, bytes]:
    version, _, rest = ciphertext.partition(".")
    key_id, dot, encoded = rest.partition(".")
    try:
        sealed = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise DecryptionFailed("this is not a ciphertext") from None
    if version != _VERSION or not dot or len(sealed) <= _NONCE_BYTES:
        raise DecryptionFailed("this is not a ciphertext")
    return key_id, sealed
