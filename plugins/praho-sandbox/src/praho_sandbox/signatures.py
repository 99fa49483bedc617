"""Checking who sent a webhook, and when: HMAC-SHA256 over the time of sending, a dot and the raw body."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from praho.sdk.errors import InvalidSignature

TOLERANCE_SECONDS = 300
"""How far the time of sending may be from now, in either direction: clocks differ, and replays come late."""


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Return if the sandbox signed exactly this body around `now` (machine time), else raise `InvalidSignature`."""
    timestamp = headers.get("sandbox-timestamp", "")
    scheme, _, signature = headers.get("sandbox-signature", "").partition("=")
    if scheme != "v1" or not timestamp.isascii() or not timestamp.isdecimal():
        raise InvalidSignature("the webhook is not signed")
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise InvalidSignature("the webhook was not signed with our secret")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        raise InvalidSignature("the webhook was signed for another moment")
