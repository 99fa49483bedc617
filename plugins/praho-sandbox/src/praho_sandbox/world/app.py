"""The WSGI application of the world."""

import socket
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

from praho_sandbox.world import admin, api, pay_pages, state_pages
from praho_sandbox.world.config import WorldClock, WorldConfig
from praho_sandbox.world.delivery import Delivery
from praho_sandbox.world.faults import Faults
from praho_sandbox.world.outside import EXTENSION, Outside
from praho_sandbox.world.storage import Storage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

MAX_REQUEST_BYTES = 1_000_000

# The pages load their own stylesheet and nothing else. Forms may lead anywhere: the shop is another origin.
_CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class World(Flask):
    """A Flask application whose answers can be lost on the way."""

    def wsgi_app(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Serve a request, unless a fault wants its answer never to get onto the wire."""
        body = super().wsgi_app(environ, start_response)
        if environ.get(api.DROP_CONNECTION):
            connection: socket.socket = environ["werkzeug.socket"]
            connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError("the connection is lost on demand")
        return body


def create_app(config: WorldConfig, moved_to: datetime | None = None) -> Flask:
    """Open the file, start sending what is still to be sent, and return the application.

    `moved_to` is the aware instant from which business time ticks on, or None for the machine's time.
    """
    storage = Storage(config.database)
    clock = WorldClock(moved_to)
    delivery = Delivery(storage, clock, config.webhook_secret)
    app = World(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.extensions[EXTENSION] = Outside(config, clock, storage, Faults(storage), delivery)
    for module in (api, admin, pay_pages, state_pages):
        app.register_blueprint(module.bp)
    app.after_request(_harden)
    delivery.start()
    return app


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
