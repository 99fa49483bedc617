"""`praho run` as a person starts it, with or without the demonstration, for a browser to walk through."""

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

_PATIENCE = 600.0


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
def running(folder: Path, **settings: str) -> Iterator[House]:
    """Start an installation in a folder, with deploy settings by their names, and end it after the block.

    Without a `database_url` it has a database of its own in the folder.
    """
    port = _free_port()
    environment = _environment(folder, {"port": str(port), **settings})
    log = folder / "run.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "praho", "run"],
            env=environment,
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


def appoint(folder: Path, email: str, name: str, password: str) -> None:
    """Make somebody an administrator of the installation that runs in a folder, as `praho staff create` does."""
    subprocess.run(
        [sys.executable, "-m", "praho", "staff", "create", email, "--name", name],
        env=_environment(folder, {}),
        input=f"{password}\n{password}\n",
        text=True,
        capture_output=True,
        check=True,
        cwd="/",
        start_new_session=True,  # without a terminal the password is read from the input
    )


def _environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRAHO_")}
    given = {f"PRAHO_{name.upper()}": value for name, value in settings.items()}
    return {**kept, "PRAHO_INSTANCE_DIR": str(folder), **given}


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
