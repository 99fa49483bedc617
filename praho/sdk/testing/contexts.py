"""The surroundings of an adapter in tests: a real HTTP client and a clock that stands still."""

import logging
import socket
from dataclasses import dataclass
from datetime import UTC, datetime

from praho.sdk import settings_values
from praho.sdk.context import PluginContext
from praho.sdk.http_client import HttpClient, Timeouts

LOGGER_NAME = "praho.sdk.testing"


@dataclass(frozen=True, slots=True)
class StandingClock:
    """A clock on which both times are the same instant."""

    instant: datetime = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the instant."""
        return self.instant

    def machine_now(self) -> datetime:
        """Return the instant."""
        return self.instant


def plugin_context(settings: object, *, read_seconds: float = 20.0, locale: str = "en") -> PluginContext:
    """Return a context for an adapter with these settings, whose secrets its HTTP client masks."""
    logger = logging.getLogger(LOGGER_NAME)
    http = HttpClient(
        logger,
        secrets=settings_values.secret_values(settings),
        timeouts=Timeouts(connect=5.0, read=read_seconds, total=60.0),
    )
    return PluginContext(http=http, clock=StandingClock(), logger=logger, locale=locale)


def closed_address() -> str:
    """Return an http address of this machine at which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
