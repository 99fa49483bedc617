"""Reading what a client sent; anything missing or of a wrong type is refused with 422."""

from typing import Any
from urllib.parse import urlsplit

from praho_sandbox.world.errors import Refusal

Payload = dict[str, Any]


def text(payload: Payload, name: str, *, required: bool = True) -> str:
    """Return a string, trimmed."""
    value = payload.get(name, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise Refusal(422, "invalid", f"{name} must be a text")
    return value.strip()


def number(payload: Payload, name: str, smallest: int, largest: int) -> int:
    """Return a whole number within limits, both included."""
    value = payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not smallest <= value <= largest:
        raise Refusal(422, "invalid", f"{name} must be a whole number from {smallest} to {largest}")
    return value


def texts(payload: Payload, name: str, smallest: int, largest: int) -> list[str]:
    """Return a list of strings with a length within limits."""
    value = payload.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise Refusal(422, "invalid", f"{name} must be a list of texts")
    if not smallest <= len(value) <= largest:
        raise Refusal(422, "invalid", f"{name} must have {smallest} to {largest} entries")
    return value


def child(payload: Payload, name: str) -> Payload:
    """Return an object."""
    value = payload.get(name)
    if not isinstance(value, dict):
        raise Refusal(422, "invalid", f"{name} must be an object")
    return value


def web_address(payload: Payload, name: str) -> str:
    """Return an http or https address."""
    value = text(payload, name)
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Refusal(422, "invalid", f"{name} must be an http or https address")
    return value
