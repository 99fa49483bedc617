"""The seal of an audit event: a keyed code over all that it says, so that a changed row gives itself away."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from praho.core import crypto
from praho.models.audit import AuditEvent

PURPOSE = "audit"
SEALED = (
    "public_id", "at", "actor_kind", "actor_id", "actor_name", "customer_id", "action", "subject_kind", "subject_id",
    "changes", "request_id", "ip",
)  # fmt: skip
"""The columns under the seal."""


def seal(values: Mapping[str, Any]) -> str:
    """Return the code of an event that is about to be written; `values` has every column of `SEALED`."""
    return crypto.ring().mac(PURPOSE, _message(values))


def is_intact(event: AuditEvent) -> bool:
    """Say whether a stored event is what was written: no column changed, and no seal missing or of a lost key."""
    return crypto.ring().verify_mac(PURPOSE, _message({name: getattr(event, name) for name in SEALED}), event.mac)


def _message(values: Mapping[str, Any]) -> bytes:
    said = {name: _plain(values[name]) for name in SEALED}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
