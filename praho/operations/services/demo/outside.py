"""The levers of the sandbox's outside world, which the demonstration's story pulls: its clock, its bank, its faults."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import httpx

_SECONDS = 30.0


class World:
    """The outside world at an address. Raises httpx.HTTPError where it does not answer as it should."""

    def __init__(self, client: httpx.Client, address: str) -> None:
        self._client = client
        self.address = address

    def move_clock(self, instant: datetime) -> None:
        """Let the world's business time tick on from an aware instant."""
        self._post("/__clock__", {"now": instant.isoformat()})

    def pay(self, key: str, failure: str = "") -> None:
        """End a payment as its customer does on the bank's page; the report of it is lost, so that PRAHO must ask."""
        self.arm("webhook", "never")
        self._post("/__pay__", {"key": key, "failure": failure})

    def arm(self, operation: str, fault: str) -> None:
        """Let the next call of an operation suffer a fault."""
        self._post("/__faults__", {"operation": operation, "mode": fault})

    def _post(self, path: str, body: Mapping[str, object]) -> None:
        self._client.post(path, json=body).raise_for_status()


@contextmanager
def reached(address: str) -> Iterator[World]:
    """Reach the world for a block."""
    with httpx.Client(base_url=address, trust_env=False, timeout=_SECONDS) as client:
        yield World(client, address)
