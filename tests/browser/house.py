"""`praho run` as a person starts it, with the demonstration and the sandbox's world, for a browser to walk through."""

import json
import mailbox
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from tests.threads import until

_PATIENCE = 90.0


@dataclass(frozen=True)
class House:
    """A running installation. `folder` is its instance folder, with the mails that it handed over."""

    address: str
    folder: Path

    def mails(self, to: str) -> list[EmailMessage]:
        """Return the mails to an address that were handed over so far, the oldest first."""
        box = mailbox.Maildir(self.folder / "mail", create=True)
        parser = BytesParser(policy=default)
        found = [parser.parsebytes(box.get_bytes(key)) for key in sorted(box.keys())]
        return [mail for mail in found if to in str(mail["To"])]

    def mail(self, to: str, words: str, seconds: float = 60) -> EmailMessage:
        """Wait for a mail to an address with `words` in its subject, and return it."""
        until(lambda: any(words in str(mail["Subject"]) for mail in self.mails(to)), seconds)
        return next(mail for mail in self.mails(to) if words in str(mail["Subject"]))


@contextmanager
def running(folder: Path, database_url: str) -> Iterator[House]:
    """Start the installation over an empty database, and end it after the block."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRAHO_")}
    settings = {"PRAHO_INSTANCE_DIR": str(folder), "PRAHO_PORT": str(port), "PRAHO_DATABASE_URL": database_url}
    settings["PRAHO_DEMO_SIZE"] = "3"
    log = folder / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "praho", "run"],
            env={**kept, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
        )
    try:
        _until_healthy(process, f"http://127.0.0.1:{port}", log)
        yield House(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """The port is taken at once and answers when the application does: a blocking wait."""
    deadline = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{address}/health/", timeout=_PATIENCE) as answer:
            assert json.load(answer)["status"] == "ok"
            return
    raise AssertionError(log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
