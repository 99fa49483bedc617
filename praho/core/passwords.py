"""Passwords: how they are kept (argon2id), and which ones are too weak to be one."""

import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from praho.core import errors
from praho.core import text as comparable
from praho.core.i18n import lazy_gettext as _

SHORTEST = 10
LONGEST = 200
_FEWEST_DISTINCT = 5

# OWASP's first choice of minimal parameters for argon2id: 19 MiB, two passes, about 30 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The hash of random bytes that nobody kept, made with these parameters.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$Rnp+2ddL2P92xECau489Hw$37IBwt7h7Ro4L4Jt7fu7o/IKXaIgoVRZVZWG+V/hOqQ"

# Cores that people dress up with digits and signs (`Parola2024!`). Short passwords are refused before.
_COMMON = """
abc abcd abcde abcdef abcdefghij abcdefghijkl administrator admin administrare asdfghjkl asdfghjklq azerty
bucuresti changeme changemenow dinamo dragoste facebook football fotbal gazduire hosting iloveyou internet
letmein liverpool manchester master parola parolamea passw passwd password passwort pokemon praho princess
qazwsx qazwsxedc qwert qwerty qwertyui qwertyuiop qwertz romania secret server starwars steaua sunshine
superman teiubesc test testtest trustno welcome zxcvbn zxcvbnm
"""
_COMMON_CORES = frozenset(_COMMON.split())
_LOOK_ALIKES = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s"})
_RISING = "01234567890123456789"
_FALLING = _RISING[::-1]


class WeakPassword(errors.Invalid, ValueError):
    """A password that would be guessed; the message says what is wrong with it."""


def hash_password(password: str) -> str:
    """Return the argon2id hash, with its parameters and salt in it."""
    return _HASHER.hash(_normal(password))


def verify(stored: str, password: str) -> bool:
    """Say whether the password belongs to the stored hash. A damaged hash raises argon2's `InvalidHashError`."""
    try:
        return _HASHER.verify(stored, _normal(password))
    except VerifyMismatchError:
        return False


def verify_nobody(password: str) -> bool:
    """Take as long as `verify` does and say no: for an account that does not exist, so that time does not tell."""
    return verify(_NOBODY, password) and False


def needs_rehash(stored: str) -> bool:
    """Say whether the hash was made with older parameters; hash anew at the next sign-in."""
    return _HASHER.check_needs_rehash(stored)


def check_strength(password: str, email: str = "") -> None:
    """Raise `WeakPassword` for a password that is too short or long, common, monotonous, or made of the e-mail."""
    normal = _normal(password)
    if len(normal) < SHORTEST:
        raise WeakPassword(_("The password needs at least %(count)s characters.", count=SHORTEST))
    if len(normal) > LONGEST:
        raise WeakPassword(_("The password has more than %(count)s characters.", count=LONGEST))
    if len(set(normal.casefold())) < _FEWEST_DISTINCT or _is_counting(normal):
        raise WeakPassword(_("This password repeats itself: choose one that is harder to guess."))
    if not _COMMON_CORES.isdisjoint({_core(normal), _core(_undisguised(normal))}):
        raise WeakPassword(_("This password is too common: choose one that is harder to guess."))
    if email and _is_made_of(normal, email):
        raise WeakPassword(_("The password must not be made of the e-mail address."))


def _normal(password: str) -> str:
    # The same letters may arrive composed or decomposed, depending on the keyboard (RFC 8265).
    return unicodedata.normalize("NFKC", password)


def _core(password: str) -> str:
    return re.sub(r"[^a-z]", "", comparable.fold(password))


def _undisguised(password: str) -> str:
    """Return the password without what stands before and after it, and with look-alikes as letters."""
    inner = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    return inner.casefold().translate(_LOOK_ALIKES)


def _is_counting(password: str) -> bool:
    digits = re.sub(r"\D", "", password)
    return len(digits) == len(password) and (digits in _RISING or digits in _FALLING)


def _is_made_of(password: str, email: str) -> bool:
    address = email.casefold()
    local = address.partition("@")[0]
    typed = password.casefold()
    if typed in {address, local}:
        return True
    rest = re.sub(r"[^a-z]", "", typed.replace(local, "", 1)) if len(local) >= 3 and local in typed else None
    return rest == ""
