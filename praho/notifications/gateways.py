"""Where mails are handed over: an SMTP server, or a maildir of this machine where none is set."""

import mailbox
import smtplib
import ssl
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TIMEOUT_SECONDS = 20


class RecipientRefused(Exception):
    """The server will never take this mail (a 5xx answer to it): trying again would not help."""


class NotTaken(Exception):
    """The mail was not handed over now: worth another try."""


def hand_over(mail: EmailMessage, smtp_url: str | None, maildir: Path) -> None:
    """Hand a mail to the server of `smtp_url`, or put it into `maildir` where there is none.

    Raises RecipientRefused for a permanent refusal of the mail or its recipient, NotTaken for everything else: time
    or staff mend a server that is away, greets us with an error, or does not like our password or our sender.
    """
    if smtp_url is None:
        _put(mail, maildir)
        return
    try:
        _send(mail, smtp_url)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, text)] = error.recipients.values()
        raise _refusal(code, text) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(str(error)) from error


def _refusal(code: int, text: bytes | str) -> Exception:
    words = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return RecipientRefused(words) if code >= 500 else NotTaken(words)


def _put(mail: EmailMessage, maildir: Path) -> None:
    maildir.parent.mkdir(parents=True, exist_ok=True)
    mailbox.Maildir(maildir, create=True).add(mail.as_bytes())


def _send(mail: EmailMessage, smtp_url: str) -> None:
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    context = _certificates()
    if parts.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT_SECONDS, context=context)
    else:
        client = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT_SECONDS)
    with client:
        if parts.scheme == "smtp" and parts.username:
            client.starttls(context=context)
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        client.send_message(mail)


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the authorities of the system takes longer than sending a mail.
    return ssl.create_default_context()
