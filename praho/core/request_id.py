"""The id that follows a request through its jobs, its logs and its audit events."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

_request_id: ContextVar[str | None] = ContextVar("praho_request_id", default=None)


def current_request_id() -> str | None:
    """Return the id of the request (or job) at hand, or None outside one."""
    return _request_id.get()


def new_request_id() -> str:
    """Return a fresh id: 16 hexadecimal digits."""
    return secrets.token_hex(8)


@contextmanager
def request_context(request_id: str | None, **fields: object) -> Iterator[str]:
    """Carry `request_id` (a fresh one for None) and log `fields` through a block."""
    identifier = request_id or new_request_id()
    token = _request_id.set(identifier)
    try:
        with structlog.contextvars.bound_contextvars(request_id=identifier, **fields):
            yield identifier
    finally:
        _request_id.reset(token)
