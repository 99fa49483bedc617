"""The one way by which a plugin talks to the outside.

It has time limits on everything, follows no redirect, keeps no cookie and no connection, ignores proxies of
the environment, checks certificates, reads no more than a set number of bytes, logs without secrets, and
sorts what goes wrong into the two kinds that matter: `NotSent` (safe to repeat) and `OutcomeUnknown` (it
may have happened).
"""

import logging
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from praho.sdk import answers
from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.masking import Masker

MAX_RESPONSE_BYTES = 2_000_000

# The request never got as far as the provider's application: no address, no connection, no valid request.
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits in seconds: to connect, to wait for the next bytes, and for the whole exchange."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 90.0


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A complete answer with a status from 200 to 499 that is no redirect; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the status is a 2xx."""
        return self.status < 300

    def answer(self) -> answers.Answer:
        """Return the JSON object of the body; raise `OutcomeUnknown` where there is none."""
        return answers.parse(self.body)


class HttpClient:
    """An HTTP client for one provider account; safe to share between threads."""

    def __init__(
        self,
        logger: logging.Logger,
        *,
        secrets: frozenset[str] = frozenset(),
        timeouts: Timeouts | None = None,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        self._logger = logger
        self._masker = Masker(secrets)
        self._timeouts = timeouts or Timeouts()
        self._max_response_bytes = max_response_bytes
        self._client = httpx.Client(
            verify=_certificates(),
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            # A kept connection may be closed by the other side while we write to it, which nobody can tell
            # from an outage after the request was carried out.
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={"accept-encoding": "identity", "user-agent": "PRAHO"},
        )

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        read_seconds: float | None = None,
    ) -> HttpResponse:
        """Make one request and return its answer.

        `content` is a body as it is, whose type the headers name. `read_seconds` replaces the read limit for a call
        that is known to be slow. Raises `NotSent` where the
        request did not leave, and `OutcomeUnknown` after a timeout, a broken connection, a 5xx, a redirect, a
        408 or an answer that is too large.
        """
        try:
            request = self._client.build_request(
                method,
                url,
                headers=headers,
                params=query,
                json=json,
                data=form,
                content=content,
                timeout=self._limits(read_seconds),
            )
        except httpx.InvalidURL as error:
            raise NotSent(f"not an address: {error}") from error
        started = time.monotonic()
        try:
            response = self._exchange(request, started)
        except (NotSent, OutcomeUnknown) as error:
            self._log(request, started, None, str(error))
            raise
        self._log(request, started, response, "")
        if not _is_answer(response.status):
            raise OutcomeUnknown(f"the provider answered {response.status}")
        return response

    def _exchange(self, request: httpx.Request, started: float) -> HttpResponse:
        try:
            response = self._client.send(request, stream=True)
        except _BEFORE_SENDING as error:
            raise NotSent(f"no connection to {request.url.host}: {type(error).__name__}") from error
        except httpx.LocalProtocolError as error:
            raise NotSent("the request itself is not valid HTTP") from error
        except httpx.TransportError as error:
            raise OutcomeUnknown(f"no answer from {request.url.host}: {type(error).__name__}") from error
        try:
            return HttpResponse(
                response.status_code,
                {name.lower(): value for name, value in response.headers.items()},
                self._read(response, started),
            )
        except httpx.TransportError as error:
            raise OutcomeUnknown(f"the answer broke off: {type(error).__name__}") from error
        finally:
            response.close()

    def _read(self, response: httpx.Response, started: float) -> bytes:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise OutcomeUnknown("the answer is compressed, which nobody asked for")
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self._max_response_bytes:
                raise OutcomeUnknown(f"the answer is larger than {self._max_response_bytes} bytes")
            # The read limit starts anew with each byte; this one holds against an answer that drips.
            if time.monotonic() - started > self._timeouts.total:
                raise OutcomeUnknown(f"the answer took longer than {self._timeouts.total} seconds")
        return bytes(body)

    def _limits(self, read_seconds: float | None) -> httpx.Timeout:
        read = self._timeouts.read if read_seconds is None else read_seconds
        return httpx.Timeout(read, connect=self._timeouts.connect)

    def _log(self, request: httpx.Request, started: float, response: HttpResponse | None, failure: str) -> None:
        milliseconds = round((time.monotonic() - started) * 1000)
        url = self._masker.url(str(request.url))
        result = failure or str(response.status if response else "")
        level = logging.INFO if response is not None and response.ok else logging.WARNING
        self._logger.log(level, "%s %s: %s in %d ms", request.method, url, result, milliseconds)
        if self._logger.isEnabledFor(logging.DEBUG):
            sent = self._masker.body(request.content, request.headers.get("content-type", ""))
            headers = self._masker.headers(request.headers)
            got = ""
            if response is not None:
                got = self._masker.body(response.body, response.headers.get("content-type", ""))
            self._logger.debug("%s %s: headers %s, sent %s, got %s", request.method, url, headers, sent, got)


def _is_answer(status: int) -> bool:
    # 408 says that the provider gave up on reading; how far it had come is anybody's guess.
    return 200 <= status < 300 or (400 <= status < 500 and status != 408)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
