"""The thread that sends the webhooks: each until it gets a 2xx, also after a restart of either side."""

import http.client
import threading
import time
from sqlite3 import Row
from urllib.parse import urlsplit

from praho_sandbox.world import signing
from praho_sandbox.world.config import WorldClock
from praho_sandbox.world.storage import Storage

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0
_TIMEOUT = 10.0


class Delivery:
    """Sends what is due, oldest first; `wake` tells it that something new may be due."""

    def __init__(self, storage: Storage, clock: WorldClock, secret: str) -> None:
        self._storage = storage
        self._clock = clock
        self._secret = secret
        self._wake = threading.Event()

    def start(self) -> None:
        """Begin to send, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    def wake(self) -> None:
        """Look at once for what is due."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.clear()
            row = self._next()
            if row is None:
                self._wake.wait()
            elif row["due_at"] > time.time():
                self._wake.wait(row["due_at"] - time.time())
            else:
                self._record(row, self._send(row))

    def _next(self) -> Row | None:
        with self._storage.transaction() as connection:
            row = connection.execute(
                "SELECT * FROM deliveries WHERE NOT finished AND due_at IS NOT NULL ORDER BY due_at, id"
            ).fetchone()
        return row if isinstance(row, Row) else None

    def _send(self, row: Row) -> str:
        body = row["body"].encode()
        secret = f"not {self._secret}" if row["forged"] else self._secret
        headers = signing.signed_headers(secret, body, self._clock.machine_now())
        try:
            return str(_post(row["url"], body, headers))
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__

    def _record(self, row: Row, answer: str) -> None:
        pause = min(_FIRST_PAUSE * 2 ** min(row["attempts"], 10), _LONGEST_PAUSE)
        # A forged report is not worth a second try; an honest one is sent until somebody takes it.
        finished = answer.startswith("2") or row["forged"]
        with self._storage.transaction() as connection:
            connection.execute(
                "UPDATE deliveries SET attempts = attempts + 1, answer = ?, finished = ?, due_at = ? WHERE id = ?",
                (answer, finished, time.time() + pause, row["id"]),
            )


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        path = parts.path or "/"
        connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
