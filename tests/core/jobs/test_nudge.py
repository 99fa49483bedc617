"""The nudge towards a broker that is away, hangs, or talks nonsense: short, silent, and not tried again at once."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from praho.core.jobs.celery_driver import Nudge

LIMIT = 0.3


class Broker:
    """A real server that is no Redis: it answers each connection with `answer`, or hangs for None."""

    def __init__(self, answer: bytes | None) -> None:
        self.connections = 0
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listening.getsockname()[1]}/0"
        self._held: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            if self._answer is None:
                self._held.append(connection)
                continue
            connection.sendall(self._answer)
            connection.close()

    def stop(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        for connection in [self._listening, *self._held]:
            connection.close()


@contextmanager
def broker(answer: bytes | None) -> Iterator[Broker]:
    server = Broker(answer)
    try:
        yield server
    finally:
        server.stop()


def _fastest(nudge: Nudge) -> float:
    """Return the shortest of three, for the machine may be busy with something else."""
    spent = []
    for _ in range(3):
        started = time.monotonic()
        nudge(1, "default")
        spent.append(time.monotonic() - started)
    return min(spent)


@pytest.mark.parametrize("answer", [None, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"-OOM not allowed\r\n" * 9])
def test_no_answer_of_a_broker_raises_or_takes_long(answer):
    with broker(answer) as server:
        assert _fastest(Nudge(server.url, rest_seconds=0)) < LIMIT
        assert server.connections >= 3


def test_a_broker_that_is_not_there_takes_no_time():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        assert _fastest(Nudge(url, rest_seconds=0)) < LIMIT


def test_after_a_failure_it_rests():
    with broker(b"") as server:
        nudge = Nudge(server.url, rest_seconds=3600)
        for _ in range(20):
            nudge(1, "default")
        assert server.connections == 1


def test_after_the_rest_it_tries_again():
    with broker(b"") as server:
        nudge = Nudge(server.url, rest_seconds=0)
        nudge(1, "default")
        before = server.connections
        nudge(1, "default")
        assert server.connections > before
