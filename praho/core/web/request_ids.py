"""Gives every request an id, in the logs, in the audit and in the answer."""

import re

from flask import Flask, g, request
from werkzeug.wrappers import Response

from praho.core.request_id import request_context

HEADER = "X-Request-ID"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9_-]{8,64}")


def install(app: Flask) -> None:
    """Take a proxy's well-formed id or make one; hand it back with the answer."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get(HEADER, "")
        context = request_context(given if _ACCEPTABLE.fullmatch(given) else None, path=request.path)
        g.request_context = context
        g.request_id = context.__enter__()

    @app.after_request
    def hand_back(response: Response) -> Response:
        if "request_id" in g:
            response.headers[HEADER] = g.request_id
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        context = g.pop("request_context", None)
        if context is not None:
            context.__exit__(None, None, None)
