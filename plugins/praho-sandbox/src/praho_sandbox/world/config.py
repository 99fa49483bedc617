"""What the world is told when it starts, and its two clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Nothing here protects anything: the world is a toy that listens on the local machine.
DEFAULT_API_KEY = "sandbox-api-key"
DEFAULT_WEBHOOK_SECRET = "sandbox-webhook-secret"  # noqa: S105
DEFAULT_MERCHANT = "praho-demo"


@dataclass(frozen=True, slots=True)
class WorldConfig:
    """`public_url` is how browsers reach the world; `merchant` is the account that receives the money."""

    database: Path
    public_url: str
    api_key: str
    webhook_secret: str
    merchant: str


class WorldClock:
    """Business time may be moved, as PRAHO's is, and ticks on; signatures always carry the machine's time."""

    def __init__(self, moved_to: datetime | None = None) -> None:
        self._offset = timedelta(0)
        self.move_to(moved_to)

    def move_to(self, instant: datetime | None) -> None:
        """Let business time tick on from an aware instant, or from the machine's time when None."""
        self._offset = timedelta(0) if instant is None else instant - self.machine_now()

    def now(self) -> datetime:
        """Return the business instant in UTC, in whole seconds as registries give them."""
        return (self.machine_now() + self._offset).replace(microsecond=0)

    def machine_now(self) -> datetime:
        """Return the machine's instant in UTC."""
        return datetime.now(UTC)
