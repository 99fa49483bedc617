"""The root of the three trade kinds: an object that speaks to one account at one provider.

Operations come in two sorts, and PRAHO's call wrapper treats them differently:

- a *reading* one returns a value and may be repeated at will; it raises `NotSent`, `OutcomeUnknown` or
  `ProviderRefused`;
- a *changing* one takes an idempotency key and returns an `Outcome`; the same exceptions count as their
  outcomes (see `praho.sdk.errors`). A repeat of it carries the same key and an equal request.

No operation is ever called inside a database transaction, and none may start threads or keep state between
calls.
"""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from praho.sdk.context import PluginContext
from praho.sdk.dto import ConnectionReport

S = TypeVar("S")


class Adapter(ABC, Generic[S]):
    """Speaks to one account at one provider; `S` is the plugin's settings class."""

    def __init__(self, settings: S, context: PluginContext) -> None:
        self.settings = settings
        self.context = context

    @abstractmethod
    def test_connection(self) -> ConnectionReport:
        """Prove that the address and the credentials are good, and change nothing. A reading operation."""
