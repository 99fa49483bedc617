"""A mail server on this machine that keeps what it takes, and refuses on demand."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Takes every mail while it is up.

    `answers` are given instead, one for each mail, at the stage that they name: `{"RCPT": "550 no such user"}`.
    """

    def __init__(self) -> None:
        self.answers: list[dict[str, str]] = []
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """What PRAHO is told."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to listen, on the same port after every stop."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Refuse every connection; harmless when it is down."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a sender."""
        refusal = self._refusal("MAIL")
        if refusal is None:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        refusal = self._refusal("RCPT")
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail, also one whose receipt is then denied."""
        mail: Any = message_from_bytes(envelope.content or b"", policy=default)
        self.taken.append(mail)
        self.recipients += envelope.rcpt_tos
        return self._refusal("DATA") or "250 OK"

    def _refusal(self, stage: str) -> str | None:
        if self.answers and stage in self.answers[0]:
            return self.answers.pop(0)[stage]
        return None


@contextmanager
def running() -> Iterator[MailServer]:
    """Run a mail server for the length of a block."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
