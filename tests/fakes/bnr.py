"""The National Bank's server on this machine: its files of rates, in both shapes, and its faults."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler

from tests.fakes import local_server

OLD, NEW = "http://www.bnr.ro/xsd", "https://www.bnr.ro/xsd"
HOME_PAGE = b"<!DOCTYPE html><html><body>Banca Nationala a Romaniei</body></html>"


def file(days: Mapping[date, Mapping[str, str]], namespace: str = NEW) -> bytes:
    """A file of rates; "HUF*100" gives the multiplier."""
    cubes = ""
    for day, rates in days.items():
        nodes = ""
        for name, value in rates.items():
            currency, _, units = name.partition("*")
            multiplier = f' multiplier="{units}"' if units else ""
            nodes += f'<Rate currency="{currency}"{multiplier}>{value}</Rate>'
        cubes += f'<Cube date="{day.isoformat()}">{nodes}</Cube>'
    return (
        f'<?xml version="1.0" encoding="utf-8"?><DataSet xmlns="{namespace}"><Header><Publisher>National Bank of'
        f" Romania</Publisher></Header><Body><Subject>Reference rates</Subject><OrigCurrency>RON</OrigCurrency>"
        f"{cubes}</Body></DataSet>"
    ).encode()


@dataclass
class Bank:
    """What it serves by path; `status` and `body` replace every answer."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 200
    body: bytes | None = None
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Bank]:
    """Serve on 127.0.0.1 until the end of the block."""
    bank = Bank()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bank.asked.append(self.path)
            known = self.path in bank.files
            body = bank.body if bank.body is not None else bank.files.get(self.path, HOME_PAGE)
            self.send_response(bank.status if known or bank.status != 200 else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with local_server.serving(Handler) as bank.url:
        yield bank
