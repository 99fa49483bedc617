"""What a contract suite needs from the fake provider that it runs against."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from praho.sdk.testing.faults import Fault, WebhookFault


class World(Protocol):
    """A running fake provider, empty at the start of each test.

    Operations are named as the capabilities are ("register", "get_info"), and "test_connection".
    """

    def arm(self, operation: str, fault: Fault) -> None:
        """Let the next call of an operation meet a fault, once. `UNREACHABLE` is never armed."""

    def fired(self) -> bool:
        """Return whether the fault armed last has met a call, once everything that it lets happen has
        happened.

        It may wait a few seconds for that.
        """

    def count(self, operation: str, key: str) -> int:
        """Return how many things exist at the provider that an operation made under an idempotency key."""


class PaymentWorld(World, Protocol):
    """A fake payment provider, which also reports."""

    def webhook(self, sent_at: datetime, fault: WebhookFault | None) -> tuple[Mapping[str, str], bytes]:
        """Return the headers and the body of a webhook about some payment, as the provider would send it."""
