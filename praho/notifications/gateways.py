"""Where mails are handed over: an SMTP server, or a maildir of this machine where none is set."""

import mailbox
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TIMEOUT_SECONDS = 20


class RecipientRefused(Exception):
    """The server will never take this mail (a 5xx answer): trying again would not help."""


def hand_over(mail: EmailMessage, smtp_url: str | None, maildir: Path) -> None:
    """Hand a mail to the server of `smtp_url`, or put it into `maildir` where there is none.

    Raises RecipientRefused for a permanent refusal, OSError or smtplib.SMTPException for one worth a retry.
    """
    if smtp_url is None:
        _put(mail, maildir)
        return
    try:
        _send(mail, smtp_url)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if all(code >= 500 for code in codes):
            raise RecipientRefused(str(error)) from error
        raise
    except smtplib.SMTPResponseException as error:
        # 535 is our own password, which staff can mend: it is no verdict on the mail.
        if error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError):
            raise RecipientRefused(str(error)) from error
        raise


def _put(mail: EmailMessage, maildir: Path) -> None:
    maildir.parent.mkdir(parents=True, exist_ok=True)
    mailbox.Maildir(maildir, create=True).add(mail.as_bytes())


def _send(mail: EmailMessage, smtp_url: str) -> None:
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    context = ssl.create_default_context()
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
