"""Answers that are sent while they are made.

The server takes the chunks after the request has ended, and may stop in the middle. What is read for them needs a
scope of its own, and a context variable must not keep that scope for whatever the same thread does between two chunks:
the iteration runs in a context of its own, and is closed there.
"""

import contextvars
import weakref
from collections.abc import Callable, Generator, Iterator

from praho.core.db.scope import Scope, entered


class Streamed(Iterator[bytes]):
    """The chunks that `make` yields inside `scope`, which is entered with the first and left with the last.

    `close` leaves it early, and so does letting go of the object.
    """

    def __init__(self, scope: Scope, make: Callable[[], Iterator[bytes]]) -> None:
        self._context = contextvars.copy_context()
        self._chunks = _inside(scope, make)
        self._end = weakref.finalize(self, self._context.run, self._chunks.close)

    def __next__(self) -> bytes:
        return self._context.run(next, self._chunks)

    def close(self) -> None:
        """Leave the scope; the rest is never made."""
        self._end()


def _inside(scope: Scope, make: Callable[[], Iterator[bytes]]) -> Generator[bytes, None, None]:
    with entered(scope):
        yield from make()
