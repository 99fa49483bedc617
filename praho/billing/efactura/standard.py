"""The long-lived process that checks invoices against the European standard, seen from the one that asks.

It starts with the first check, serves one check at a time, is started anew after it ended, and ends with its
owner. Its environment holds no secret: it reads what strangers wrote.
"""

import atexit
import json
import logging
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, cast

from praho.billing import errors
from praho.billing.efactura import standard_channel
from praho.billing.efactura.findings import Finding, Severity
from praho.core.i18n import lazy_gettext as _

TOO_LARGE = "PRAHO-TOO-LARGE"

# The first check also waits for the stylesheet to compile, about a second.
TIMEOUT_SECONDS = 30.0

# What the worker may allocate, of which it takes 215 MB at rest. 80 MB of what counts as allocated are never touched,
# and the pages of its libraries are up to 150 MB on top: together it stays below 400 MB.
MEMORY_BYTES = 330 * 2**20

# As many tags take another 85 MB; a line of an invoice has 26 of them.
MOST_TAGS = 200_000

# A document below this size fits: where the memory ends with it, the machine is at fault and another try may do.
_LARGE_BYTES = 2**20
_OUT_OF_MEMORY = re.compile(rb"memory|bad_alloc", re.IGNORECASE)
_LAST_WORDS_LENGTH = 400

_log = logging.getLogger(__name__)


class StandardWorker:
    """One worker process and the lock that lets one check in at a time. Safe to share between threads."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS, memory: int = MEMORY_BYTES) -> None:
        """`timeout` is in seconds, for one check including a start of the process; `memory` is in bytes."""
        self.timeout = timeout
        self.memory = memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._last_words: IO[bytes] | None = None
        self._owner = os.getpid()

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None while there is no worker."""
        return None if self._process is None else self._process.pid

    def check(self, xml: bytes) -> list[Finding]:
        """Return what the schemas, or else the EN 16931 stylesheet, find in a UTF-8 document without DOCTYPE.

        One that needs more memory than there is gets the finding `TOO_LARGE`. Raises `ValidatorUnavailable` when the
        worker ended or gave no answer in time; the next check starts another one.
        """
        if xml.count(b"<") > MOST_TAGS:
            return [_too_large()]
        with self._lock:
            self._forget_a_parents_worker()
            deadline = time.monotonic() + self.timeout
            answer = self._answer(xml, deadline)
        if answer is None:
            return [_too_large()]
        return [
            Finding(rule_id, message, location, Severity(severity)) for rule_id, message, location, severity in answer
        ]

    def stop(self) -> None:
        """End the worker, if there is one, even in the middle of a check."""
        process = self._process
        if process is not None and self._owner == os.getpid():
            process.kill()
        with self._lock:
            self._forget_a_parents_worker()
            self._stop()

    def _answer(self, xml: bytes, deadline: float) -> list[tuple[str, str, str, str]] | None:
        """Return the worker's rows, None where even a fresh worker's memory was too little."""
        fresh = False
        while not fresh:
            fresh = not self._lives()
            try:
                return self._ask(xml, deadline)
            except OSError as error:
                self._stop()
                said = self._said()
                _log.warning("the e-Factura check failed: %s, %s", type(error).__name__, _in_short(said))
                if len(xml) < _LARGE_BYTES or not _OUT_OF_MEMORY.search(said):
                    message = _("The e-Factura check gave no answer; please try again.")
                    raise errors.ValidatorUnavailable(message) from error
        return None

    def _ask(self, xml: bytes, deadline: float) -> list[tuple[str, str, str, str]]:
        channel = self._connected()
        standard_channel.send(channel, xml, deadline)
        answer = standard_channel.receive(channel, deadline)
        if answer is None:
            raise ConnectionResetError("the worker ended")
        rows, leaving = json.loads(answer)
        if leaving:
            self._stop()
        return cast(list[tuple[str, str, str, str]], rows)

    def _lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _connected(self) -> socket.socket:
        if not self._lives():
            self._stop()
        if self._channel is None:
            self._start()
        assert self._channel is not None
        return self._channel

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        if self._last_words is not None:
            self._last_words.close()
        # Out of memory, Saxon's runtime writes a map of its heap: it goes to a file, and to the log in short.
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "praho.billing.efactura.standard_worker", str(self.memory)],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=self._last_words,
                env=_environment(),
                # An interrupt from the keyboard is for the owner, who ends the worker in its own time.
                start_new_session=True,
            )
        self._channel = ours

    def _stop(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._channel = self._process = None

    def _said(self) -> bytes:
        if self._last_words is None:
            return b"it did not start"
        self._last_words.seek(0)
        return self._last_words.read()

    def _forget_a_parents_worker(self) -> None:
        """After a fork the worker belongs to the parent: let go of it without a word on its channel."""
        if self._owner != os.getpid():
            if self._channel is not None:
                self._channel.close()
            self._channel = self._process = None
            self._owner = os.getpid()


def _too_large() -> Finding:
    return Finding(TOO_LARGE, str(_("The document cannot be checked: it is too large.")), "/")


def _in_short(said: bytes) -> str:
    return said[:_LAST_WORDS_LENGTH].decode(errors="replace") or "without a word"


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[3])
    # One arena for all threads, and long texts apart from it, so that what is freed goes back to the system.
    memory = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
    return {"PYTHONPATH": root, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", **memory}


shared_worker = StandardWorker()
atexit.register(shared_worker.stop)
