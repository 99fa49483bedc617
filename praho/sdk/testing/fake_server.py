"""A provider of your own on 127.0.0.1, for tests: you write what it does, the faults are here.

    class FakeAcme(FakeServer):
        def operation(self, request): return {"POST": "create_account", "GET": "find_account"}[request.method]
        def handle(self, request): return FakeAnswer(200, {"id": "1"})
        def count(self, operation, key): return 1

    with FakeAcme() as acme:
        ...  # acme.url

It is a `World` of the contract suites.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from praho.sdk.testing.faults import SLOW_ANSWER_SECONDS, Fault

_NEVER_APPLIED = (Fault.BEFORE_APPLY, Fault.REFUSED)
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class FakeRequest:
    """What arrived; header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        """Return the body read as a submitted form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class FakeAnswer:
    """What to answer: JSON, or bytes as they are."""

    status: int
    body: Any

    def encoded(self) -> bytes:
        """Return the bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class FakeServer(ABC):
    """Serves in threads of its own between `__enter__` and `__exit__`, one request after the other."""

    def __init__(self) -> None:
        self.requests: list[FakeRequest] = []
        self._armed: tuple[str, Fault] | None = None
        self._fired = threading.Event()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @abstractmethod
    def operation(self, request: FakeRequest) -> str:
        """Return which operation a request is, in the words of the capabilities."""

    @abstractmethod
    def handle(self, request: FakeRequest) -> FakeAnswer:
        """Do what the request asks for, and answer."""

    @abstractmethod
    def count(self, operation: str, key: str) -> int:
        """See `World.count`."""

    def refusal(self) -> FakeAnswer:
        """Return how this provider says a definite no."""
        return FakeAnswer(403, {"error": "refused"})

    def arm(self, operation: str, fault: Fault) -> None:
        """See `World.arm`."""
        self._fired.clear()
        self._armed = (operation, fault)

    def fired(self) -> bool:
        """See `World.fired`."""
        return self._fired.wait(_WAIT_SECONDS)

    def answer(self, request: FakeRequest) -> FakeAnswer | None:
        """Serve a request under the fault that is armed for it; None means no answer at all."""
        with self._lock:
            self.requests.append(request)
            fault = self._take(self.operation(request))
            answer = None if fault in _NEVER_APPLIED else self.handle(request)
        if fault is None:
            return answer
        self._fired.set()
        return self._spoiled(fault, answer)

    def _take(self, operation: str) -> Fault | None:
        if self._armed is None or self._armed[0] != operation:
            return None
        fault, self._armed = self._armed[1], None
        return fault

    def _spoiled(self, fault: Fault, answer: FakeAnswer | None) -> FakeAnswer | None:
        if fault is Fault.REFUSED:
            return self.refusal()
        if answer is None or fault is Fault.AFTER_APPLY:
            return None
        if fault is Fault.SLOW:
            self._closing.wait(SLOW_ANSWER_SECONDS)
            return answer
        if fault is Fault.MALFORMED:
            body = answer.encoded()
            return FakeAnswer(answer.status, body[: len(body) // 2])
        if fault is Fault.NONSENSE:
            return FakeAnswer(200, {"ok": "perhaps"})
        return FakeAnswer(500, b"<h1>Internal Server Error</h1>")

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeServer


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on stderr."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        request = FakeRequest(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("content-length", 0))),
        )
        answer = self.server.fake.answer(request)
        if answer is None:
            return
        body = answer.encoded()
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            # The client of a slow answer has gone.
            return
