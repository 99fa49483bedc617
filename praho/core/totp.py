"""The second factor: time-based one-time passwords (RFC 6238) and recovery codes.

Machine time counts here, never business time: the phone in the person's hand does not move with our clock.
"""

import secrets
from collections.abc import Iterable

import pyotp
from pyotp import utils

from praho.core import clock, crypto
from praho.core.identifiers.errors import compact

STEP_SECONDS = 30
_TOLERANCE = 1
_RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_GROUPS = 4
_RECOVERY_GROUP_LENGTH = 4


def new_secret() -> str:
    """Return a fresh secret of 160 bits in base 32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, account: str, issuer: str) -> str:
    """Return the `otpauth://` address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=account, issuer_name=issuer)


def verify(secret: str, code: str, last_counter: int | None) -> int | None:
    """Return the counter of the accepted code, or None.

    One step before and after the present one is accepted, and never a counter up to `last_counter`: store the
    returned one in the same transaction, and a code seen over the shoulder is worth nothing.
    """
    typed = compact(code)
    present = int(clock.machine_now().timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
    accepted = None
    for counter in range(present - _TOLERANCE, present + _TOLERANCE + 1):
        fresh = last_counter is None or counter > last_counter
        if utils.strings_equal(typed, generator.generate_otp(counter)) and fresh:
            accepted = counter
    return accepted


def new_recovery_codes(count: int = 10) -> list[str]:
    """Return one-time codes for the day the phone is lost, such as `k7mq-x2wd-p9ta-hc4z` (about 79 bits)."""
    return ["-".join(_random_group() for _ in range(_RECOVERY_GROUPS)) for _ in range(count)]


def hash_recovery_code(code: str) -> str:
    """Return what is kept of a recovery code; spaces, hyphens and case do not count."""
    return crypto.hash_token(compact(code).lower())


def match_recovery_code(code: str, hashes: Iterable[str]) -> str | None:
    """Return the hash that the code belongs to, for the caller to strike out, or None. Every hash is compared."""
    given = hash_recovery_code(code)
    found = [kept for kept in hashes if crypto.matches(given, kept)]
    return found[0] if found else None


def _random_group() -> str:
    return "".join(secrets.choice(_RECOVERY_ALPHABET) for _ in range(_RECOVERY_GROUP_LENGTH))
