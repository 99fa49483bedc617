"""Run the outside world of the sandbox: `python -m praho_sandbox.world --port 8010 --db world.sqlite3`."""

import argparse
import socket
import sys
from datetime import datetime
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from praho_sandbox.world.app import create_app
from praho_sandbox.world.config import (
    DEFAULT_API_KEY,
    DEFAULT_MERCHANT,
    DEFAULT_WEBHOOK_SECRET,
    WorldConfig,
)


def main(arguments: list[str] | None = None) -> None:
    """Serve until the process ends; the first line on stdout names the address."""
    given = _parser().parse_args(arguments)
    listener = _listen(given.host, given.port)
    url = f"http://{given.host}:{listener.getsockname()[1]}"
    config = WorldConfig(
        database=given.db,
        public_url=(given.public_url or url).rstrip("/"),
        api_key=given.api_key,
        webhook_secret=given.webhook_secret,
        merchant=given.merchant,
    )
    server = make_server(
        given.host,
        given.port,
        create_app(config, given.clock),
        threaded=True,
        request_handler=_QuietHandler,
        fd=listener.fileno(),
    )
    sys.stdout.write(f"The sandbox world serves {url}\n")
    sys.stdout.flush()
    server.serve_forever()


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: what was asked is kept in the file and shown on the page of the state."""


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        sys.exit(f"The sandbox world cannot listen on {host}:{port}: {error.strerror}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m praho_sandbox.world", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8010, help="port to listen on; 0 takes any free one")
    parser.add_argument("--db", type=Path, required=True, help="the SQLite file that holds the world")
    parser.add_argument("--public-url", help="how browsers reach the world, where it differs")
    parser.add_argument("--api-key", default=DEFAULT_API_KEY, help="the key that the plugins must show")
    parser.add_argument("--webhook-secret", default=DEFAULT_WEBHOOK_SECRET, help="what webhooks are signed with")
    parser.add_argument("--merchant", default=DEFAULT_MERCHANT, help="the account that receives the money")
    parser.add_argument("--clock", type=_instant, help="ISO instant with offset from which business time ticks on")
    return parser


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("the instant needs an offset")
    return instant


if __name__ == "__main__":
    main()
