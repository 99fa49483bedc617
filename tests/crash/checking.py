"""One e-Factura check for all lives: a process of its own takes seconds to start, and dies with its owner.

with serving() as address: …                 # in the test
RemoteChecker(address).check(xml)            # in a life
"""

import contextlib
import json
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from praho.billing.efactura import standard, standard_channel
from praho.billing.efactura.findings import Finding, Severity


class RemoteChecker:
    """Asks the check that `serving` serves."""

    def __init__(self, address: str) -> None:
        self._address = address

    def check(self, xml: bytes) -> list[Finding]:
        """Return what the real check finds."""
        with socket.socket(socket.AF_UNIX) as channel:
            channel.connect(self._address)
            standard_channel.send(channel, xml)
            answer = standard_channel.receive(channel)
        assert answer is not None
        return [Finding(**{**found, "severity": Severity(found["severity"])}) for found in json.loads(answer)]


@contextmanager
def serving() -> Iterator[str]:
    """Serve the check of this process, and yield the address of the socket."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        address = str(Path(folder) / "check")
        listening.bind(address)
        listening.listen()
        serving_thread = threading.Thread(target=_serve, args=(listening,))
        serving_thread.start()
        try:
            yield address
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            serving_thread.join()


def _serve(listening: socket.socket) -> None:
    while True:
        try:
            channel, _ = listening.accept()
        except OSError:
            return
        # A life may be killed before it has its answer.
        with channel, contextlib.suppress(ConnectionError):
            request = standard_channel.receive(channel)
            if request is not None:
                found = standard.shared_worker.check(request)
                standard_channel.send(channel, json.dumps([asdict(finding) for finding in found]).encode())
