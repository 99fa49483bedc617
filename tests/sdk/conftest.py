"""A server that answers what a test wants, down to the bytes."""

import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from praho.sdk.http_client import HttpClient, Timeouts

LOGGER = logging.getLogger("tests.sdk")


class RawServer:
    """Answers every connection with the same bytes, after reading the request, then closes it."""

    def __init__(self, answer: bytes, hold: threading.Event | None) -> None:
        self.requests: list[bytes] = []
        self._answer = answer
        self._hold = hold
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        if self._hold is not None:
            self._hold.set()
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            with connection:
                self.requests.append(_whole_request(connection))
                connection.sendall(self._answer)
                if self._hold is not None:
                    self._hold.wait(10)


def _whole_request(connection: socket.socket) -> bytes:
    """Read the head and as many bytes of a body as it names; they may come apart."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
        head, end, body = received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= (int(length[1]) if length else 0):
            break
    return received


@pytest.fixture
def raw_server() -> Iterator[Callable[..., RawServer]]:
    """Start servers by the bytes that they answer; one that holds keeps the connection open afterwards."""
    started: list[RawServer] = []

    def start(answer: bytes, *, hold: bool = False) -> RawServer:
        started.append(RawServer(answer, threading.Event() if hold else None))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def client() -> HttpClient:
    return HttpClient(LOGGER, secrets=frozenset({"s3cret"}), timeouts=Timeouts(connect=2, read=5, total=10))


@pytest.fixture
def impatient_client() -> HttpClient:
    return HttpClient(LOGGER, timeouts=Timeouts(connect=2, read=0.1, total=10), max_response_bytes=1000)
