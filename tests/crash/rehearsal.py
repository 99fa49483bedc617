"""Whether this process rehearses a life that other processes, forked from it, will live."""

from collections.abc import Iterator
from contextlib import contextmanager

_going_on = False


def on() -> bool:
    """Return whether the life at hand is a rehearsal."""
    return _going_on


@contextmanager
def going_on() -> Iterator[None]:
    """Rehearse for a block."""
    global _going_on
    _going_on = True
    try:
        yield
    finally:
        _going_on = False
