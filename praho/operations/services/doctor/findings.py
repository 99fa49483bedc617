"""What the doctor says: one sentence a check."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check came out; only an error makes the installation unfit."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """A check by its name, and what it found."""

    name: str
    state: State
    sentence: str


def ok(name: str, sentence: str) -> Finding:
    """Return that all is well."""
    return Finding(name, State.OK, sentence)


def warning(name: str, sentence: str) -> Finding:
    """Return what somebody should look at."""
    return Finding(name, State.WARNING, sentence)


def error(name: str, sentence: str) -> Finding:
    """Return what must be mended."""
    return Finding(name, State.ERROR, sentence)
