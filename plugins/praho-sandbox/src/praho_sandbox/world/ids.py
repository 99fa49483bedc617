"""Names that the world gives to its things."""

import secrets


def new_id(prefix: str) -> str:
    """Return a fresh identifier such as `pay_3f9a…`."""
    return f"{prefix}_{secrets.token_hex(10)}"
