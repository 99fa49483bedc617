"""What a plugin gets from PRAHO beside its settings: no session, no environment, no tables."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from praho.sdk.http_client import HttpClient


class Clock(Protocol):
    """The two times of PRAHO, both as aware instants in UTC."""

    def now(self) -> datetime:
        """Return the business instant; it may be moved in demos and tests."""

    def machine_now(self) -> datetime:
        """Return the machine's instant: for signatures, lifetimes of tokens and the like."""


@dataclass(frozen=True, slots=True)
class PluginContext:
    """The surroundings of one adapter.

    `http` has the account's secrets to mask, `logger` names the account, `locale` ("ro", "en") is the
    language of the person for whom the call is made, or the company's own in a job.
    """

    http: HttpClient
    clock: Clock
    logger: logging.Logger
    locale: str
