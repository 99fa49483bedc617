"""How the bank signs its webhooks: HMAC-SHA256 over the time of sending, a dot and the raw body."""

import hashlib
import hmac
from datetime import datetime

TIMESTAMP_HEADER = "Sandbox-Timestamp"
SIGNATURE_HEADER = "Sandbox-Signature"


def signed_headers(secret: str, body: bytes, sent_at: datetime) -> dict[str, str]:
    """Return the headers that prove who sent `body`, and when (machine time, in whole seconds)."""
    timestamp = str(int(sent_at.timestamp()))
    signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: f"v1={signature}",
        "Content-Type": "application/json",
    }
