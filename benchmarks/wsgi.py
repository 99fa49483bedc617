"""PRAHO as gunicorn serves it, with two things that production has not: every answer tells how many statements it took
(`X-Bench-Queries`), and at `/bench/floor` a bare Flask page answers from the same process."""

import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.wsgi_names import FLOOR, QUERIES_HEADER
from wsgi import app as praho

# What opens, confines and ends a transaction is no query of a page.
_FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SELECT set_config('role'")

_seen = threading.local()
_floor = Flask("floor")


@_floor.get("/")
def _page() -> str:
    return "<!doctype html><title>Floor</title><p>The least that an answer costs.</p>"


@event.listens_for(Engine, "before_cursor_execute")
def _count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not statement.startswith(_FRAME):
        _seen.count = getattr(_seen, "count", 0) + 1


def _telling(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    _seen.count = 0

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, (QUERIES_HEADER, str(_seen.count))], *rest)

    return praho.wsgi_app(environ, start)


app = DispatcherMiddleware(_telling, {FLOOR: _floor})
