"""Public identifiers: a prefix that names the entity, then 128 random bits in base 58."""

import secrets
from collections.abc import Callable

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 22


def new_public_id(prefix: str) -> str:
    """Return a fresh identifier such as `inv_7Kx…`; unguessable and safe in URLs."""
    number = secrets.randbits(128)
    characters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, 58)
        characters.append(_ALPHABET[digit])
    return f"{prefix}_{''.join(characters)}"


def public_id_maker(prefix: str) -> Callable[[], str]:
    """Return a function without arguments, usable as a column default."""
    return lambda: new_public_id(prefix)
