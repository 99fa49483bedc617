"""What a domain declares about its jobs: the kind, its payload, its queue and its patience."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from praho.core.jobs.table import Queue

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class JobKind(Generic[P]):
    """A kind of job. `payload` is a frozen dataclass of ids and plain values, never of secrets.

    `max_failures` failed attempts make it a dead letter; `lease` must exceed the longest attempt.
    """

    name: str
    payload: type[P]
    queue: Queue = Queue.DEFAULT
    max_failures: int = 12
    lease: timedelta = timedelta(seconds=120)

    def encode(self, payload: P) -> dict[str, Any]:
        """Return the payload as JSON-ready values; another kind's payload is a TypeError."""
        if not isinstance(payload, self.payload):
            raise TypeError(f"{self.name} takes {self.payload.__name__}, not {type(payload).__name__}")
        return asdict(payload)  # type: ignore[call-overload, no-any-return]

    def decode(self, stored: dict[str, Any]) -> P:
        """Return the payload of a stored row."""
        return self.payload(**stored)


@dataclass(frozen=True, slots=True)
class Again:
    """A handler's answer: not finished, and not failed; run me again after `seconds` of machine time."""

    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JobHandler(Generic[P]):
    """Binds a kind to the one function that does it, under a system scope and outside any transaction."""

    kind: JobKind[P]
    run: Callable[[P], Again | None]


@dataclass(frozen=True, slots=True)
class Tick:
    """The payload of a scheduled job: which occasion it stands for."""

    occasion: str


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A recurring job: `every` interval of machine time, or once on each Bucharest date when `every` is None.

    What it does is level-triggered: everything due by now and not yet done.
    """

    kind: JobKind[Tick]
    every: timedelta | None = None
