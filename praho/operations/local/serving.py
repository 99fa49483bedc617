"""Answering HTTP inside this process.

waitress, and not the gunicorn of the deployments: it serves from threads of the process that it is called in.
gunicorn forks a worker, and after a `kill -9` of the master that worker would keep the port and the lock of the
instance folder for a while, and the job runner's threads would have to begin behind the fork.
"""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import waitress

from praho.config import Config

_ASKS_TO_END = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def serve(app: Callable[..., Any], listening: socket.socket, config: Config) -> None:
    """Answer requests until the process is asked to end; requests in hand are finished first."""
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=config.threads,
        ident="praho",
        clear_untrusted_proxy_headers=config.trusted_proxies == 0,
    )
    try:
        server.run()  # a KeyboardInterrupt ends it in order
    finally:
        server.close()


@contextlib.contextmanager
def until_asked_to_end() -> Iterator[None]:
    """Leave the block in order on SIGTERM, SIGHUP and SIGINT, wherever in it we are."""
    before = {number: signal.signal(number, _end) for number in _ASKS_TO_END}
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    for number in _ASKS_TO_END:
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the orderly end short
    raise KeyboardInterrupt
