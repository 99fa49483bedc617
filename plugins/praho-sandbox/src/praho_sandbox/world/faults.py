"""Misbehaviour on demand, armed per operation and counted down; it survives a restart like everything else."""

import threading
from enum import StrEnum
from sqlite3 import Connection, Row

from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.storage import Storage

API_OPERATIONS = frozenset(
    {
        "connection.test",
        "domains.check",
        "domains.register",
        "domains.get",
        "accounts.create",
        "accounts.find",
        "payments.start",
        "payments.lookup",
    }
)
WEBHOOK = "webhook"


class ApiFault(StrEnum):
    """What an API operation can suffer."""

    BEFORE_APPLY = "before_apply"
    """The connection breaks and nothing was done."""
    AFTER_APPLY = "after_apply"
    """It is done, and the connection breaks before the answer."""
    SLOW = "slow"
    """It is done, and the answer comes `delay` seconds later."""
    MALFORMED = "malformed"
    """It is done, and the answer is cut off in the middle."""
    NONSENSE = "nonsense"
    """It is done, and the answer is good JSON that says nothing."""
    ERROR_500 = "error_500"
    """It is done, and the answer is an error page: a 500 proves nothing."""
    REFUSE = "refuse"
    """Nothing is done, and the answer says so."""


class WebhookFault(StrEnum):
    """What the reports of a payment can suffer."""

    DUPLICATE = "duplicate"
    """Each report comes five times."""
    REORDER = "reorder"
    """The last report comes first."""
    DELAY = "delay"
    """Reports come `delay` seconds later, or once they are released where no delay is given."""
    FORGE = "forge"
    """Reports carry a signature by another secret, and are tried once."""
    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_ACCOUNT = "wrong_account"
    NEVER = "never"
    """No report comes."""


class Faults:
    """Arms faults and hands them out, each as often as it was armed for."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._changed = threading.Condition()

    def arm(self, operation: str, mode: str, times: int, delay: float | None) -> int:
        """Arm a fault for the next `times` calls of an operation and return its number."""
        modes = _modes(operation)
        if mode not in modes:
            raise Refusal(422, "invalid", f"mode must be one of {', '.join(modes)}")
        with self._storage.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO faults (operation, mode, remaining, delay) VALUES (?, ?, ?, ?)",
                (operation, mode, times, delay),
            )
            return int(cursor.lastrowid or 0)

    def take(self, connection: Connection, operation: str) -> Row | None:
        """Return the oldest armed fault of an operation and count it down, or None where none is armed."""
        row = connection.execute(
            "SELECT * FROM faults WHERE operation = ? AND remaining > 0 ORDER BY id", (operation,)
        ).fetchone()
        if not isinstance(row, Row):
            return None
        connection.execute("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
        return row

    def mark_fired(self, fault: Row) -> None:
        """Note that a call met the fault and that everything which it lets happen has happened."""
        with self._storage.transaction() as connection:
            connection.execute("UPDATE faults SET fired = fired + 1 WHERE id = ?", (fault["id"],))
        with self._changed:
            self._changed.notify_all()

    def wait_until_fired(self, number: int, seconds: float) -> bool:
        """Return whether a fault fired, after waiting for it for up to `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._fired(number), seconds)

    def _fired(self, number: int) -> bool:
        with self._storage.transaction() as connection:
            row = connection.execute("SELECT fired FROM faults WHERE id = ?", (number,)).fetchone()
        return row is not None and row["fired"] > 0


def _modes(operation: str) -> list[str]:
    if operation == WEBHOOK:
        return list(WebhookFault)
    if operation in API_OPERATIONS:
        return list(ApiFault)
    known = ", ".join(sorted({WEBHOOK, *API_OPERATIONS}))
    raise Refusal(422, "invalid", f"operation must be one of {known}")
