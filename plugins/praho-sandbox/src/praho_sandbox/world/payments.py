"""The bank: payments that wait for a customer on the pay page."""

import re
from datetime import datetime
from sqlite3 import Connection, Row

from praho_sandbox.world import payloads
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.ids import new_id
from praho_sandbox.world.payloads import Payload

OPEN = "open"
SUCCEEDED = "succeeded"
FAILED = "failed"

_MAX_AMOUNT = 10**12


def start(connection: Connection, payload: Payload, key: str, merchant: str, now: datetime) -> str:
    """Open a payment and return its id. `amount` is in minor units of `currency`."""
    currency = payloads.text(payload, "currency")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise Refusal(422, "invalid", "currency must be three capital letters")
    payment_id = new_id("pay")
    connection.execute(
        "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            payment_id,
            key,
            merchant,
            payloads.number(payload, "amount", 1, _MAX_AMOUNT),
            currency,
            payloads.text(payload, "description"),
            payloads.text(payload, "locale"),
            payloads.text(payload, "payer_name", required=False),
            payloads.text(payload, "payer_email", required=False),
            payloads.web_address(payload, "return_url"),
            payloads.web_address(payload, "webhook_url"),
            OPEN,
            None,
            now.isoformat(),
            now.isoformat(),
        ),
    )
    return payment_id


def by_id(connection: Connection, payment_id: str) -> Row:
    """Return a payment, or refuse with 404."""
    row = connection.execute("SELECT * FROM payments WHERE id = ?", (payment_id,)).fetchone()
    if not isinstance(row, Row):
        raise Refusal(404, "not_found", f"there is no payment {payment_id}")
    return row


def by_key(connection: Connection, key: str) -> Row | None:
    """Return the payment that was started under a key, or None."""
    row = connection.execute("SELECT * FROM payments WHERE key = ?", (key,)).fetchone()
    return row if isinstance(row, Row) else None


def finish(connection: Connection, payment_id: str, failure: str | None, now: datetime) -> bool:
    """Close an open payment, paid where `failure` is None; return False where it was closed before."""
    state = SUCCEEDED if failure is None else FAILED
    cursor = connection.execute(
        "UPDATE payments SET state = ?, failure = ?, changed_at = ? WHERE id = ? AND state = ?",
        (state, failure, now.isoformat(), payment_id, OPEN),
    )
    return cursor.rowcount == 1


def describe(row: Row, public_url: str) -> Payload:
    """Return a payment as the API and the webhooks show it."""
    names = ("id", "key", "merchant", "amount", "currency", "state", "failure", "created_at", "changed_at")
    return {name: row[name] for name in names} | {"pay_url": f"{public_url}/pay/{row['id']}"}
