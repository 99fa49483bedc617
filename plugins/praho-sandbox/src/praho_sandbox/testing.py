"""Starting a sandbox world in tests, and steering it: `with running(tmp_path / "world.sqlite3") as world: …`."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from praho_sandbox.world.config import DEFAULT_WEBHOOK_SECRET

_STARTED = "The sandbox world serves "


class SandboxWorld:
    """A world in a process of its own. `webhook_secret` is what it signs with."""

    def __init__(self, database: Path, *, port: int = 0, webhook_secret: str = DEFAULT_WEBHOOK_SECRET) -> None:
        command = [sys.executable, "-m", "praho_sandbox.world", "--db", str(database), "--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--webhook-secret", webhook_secret], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        first_line = self.process.stdout.readline()
        self.process.stdout.close()
        if not first_line.startswith(_STARTED):
            raise RuntimeError(f"the sandbox world did not start: exit code {self.process.wait()}")
        self.url = first_line.removeprefix(_STARTED).strip()
        self.webhook_secret = webhook_secret
        self.client = httpx.Client(base_url=self.url, trust_env=False, timeout=30)

    @property
    def port(self) -> int:
        """The port on which the world listens."""
        return int(self.url.rpartition(":")[2])

    def arm(self, operation: str, mode: str, *, times: int = 1, delay: float | None = None) -> int:
        """Arm a fault (`praho_sandbox.world.faults`) and return its number."""
        fault = {"operation": operation, "mode": mode, "times": times, "delay": delay}
        return int(self._post("/__faults__", fault)["fault"])

    def fired(self, fault: int, *, wait: float = 10) -> bool:
        """Return whether a fault has met a call and done what it does, after waiting for it."""
        return bool(self._get(f"/__faults__/{fault}/fired?wait={wait}")["fired"])

    def domains(self) -> list[dict[str, Any]]:
        """Return the registered domains, oldest first."""
        return self._rows("/__state__", "domains")

    def accounts(self) -> list[dict[str, Any]]:
        """Return the hosting accounts, oldest first."""
        return self._rows("/__state__", "accounts")

    def payments(self) -> list[dict[str, Any]]:
        """Return the payments, oldest first."""
        return self._rows("/__state__", "payments")

    def requests(self) -> list[dict[str, Any]]:
        """Return what the API was asked, oldest first."""
        return self._rows("/__requests__", "requests")

    def webhooks(self) -> list[dict[str, Any]]:
        """Return the webhooks, sent or to be sent, in the order in which they were planned."""
        return self._rows("/__webhooks__", "deliveries")

    def pay(self, key: str, failure: str | None = None) -> None:
        """End the payment that was started under a key, as a customer would."""
        self._post("/__pay__", {"key": key, "failure": failure or ""})

    def send_webhooks(self, key: str) -> None:
        """Report a payment once more, under the webhook fault that is armed, if any."""
        self._post("/__webhooks__/send", {"key": key})

    def release_webhooks(self) -> None:
        """Send the webhooks that an endless delay holds back."""
        self._post("/__webhooks__/release", {})

    def move_clock(self, instant: datetime | None) -> None:
        """Let the world's business time tick on from an aware instant, or from the machine's time."""
        self._post("/__clock__", {"now": None if instant is None else instant.isoformat()})

    def reset(self) -> None:
        """Forget everything but the time."""
        self._post("/__reset__", {})

    def kill(self) -> None:
        """End the process without a warning, as a crash would."""
        self.client.close()
        self.process.kill()
        self.process.wait()

    def _rows(self, path: str, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._get(path)[name]
        return rows

    def _get(self, path: str) -> dict[str, Any]:
        return self._json(self.client.get(path))

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._json(self.client.post(path, json=body))

    def _json(self, response: httpx.Response) -> dict[str, Any]:
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


@contextmanager
def running(database: Path, *, port: int = 0) -> Iterator[SandboxWorld]:
    """Run a world for the length of a block."""
    world = SandboxWorld(database, port=port)
    try:
        yield world
    finally:
        world.kill()
