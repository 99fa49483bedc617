"""Turning a message's row into the mail: subject, text, HTML and attachments, in the recipient's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, parseaddr
from typing import Any

from flask import current_app, render_template

from praho.core.contributions import Attachment
from praho.core.domain import registry
from praho.core.i18n import in_locale
from praho.models.notifications import Message

_HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Parts:
    """The texts of a mail."""

    subject: str
    text: str
    html: str


class UnknownAttachment(LookupError):
    """No domain renders attachments of this kind: a programming error."""


def render(message: Message, secrets: Mapping[str, str]) -> Parts:
    """Render a message; the first line of the text template is the subject."""
    base_url = current_app.config["PRAHO"].base_url
    values: dict[str, Any] = {
        **message.facts,
        **secrets,
        "recipient_name": message.recipient_name,
        "base_url": base_url,
    }
    domain, name = message.template.split("/")
    with in_locale(message.locale), current_app.test_request_context(base_url=base_url):
        plain = render_template(f"{domain}/email/{name}.txt", **values)
        subject, _blank, text = plain.strip().partition("\n")
        html = render_template(f"{domain}/email/{name}.html", subject=subject.strip(), **values)
    return Parts(subject.strip(), text.strip() + "\n", html)


def compose(message: Message, parts: Parts, sender: str) -> EmailMessage:
    """Build the mail, with its attachments rendered now and one Message-ID for all attempts."""
    mail = EmailMessage()
    mail["From"] = formataddr(parseaddr(sender))
    mail["To"] = formataddr((message.recipient_name, message.recipient))
    mail["Subject"] = parts.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = formatdate(message.created_at.timestamp())
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.locale
    mail.set_content(parts.text)
    mail.add_alternative(parts.html, subtype="html")
    for wanted in message.attachments:
        attachment = attached(wanted["kind"], wanted["id"])
        main, _slash, sub = attachment.content_type.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.filename)
    return mail


def attached(kind: str, identifier: str) -> Attachment:
    """Render one attachment; raises UnknownAttachment for a kind that nobody renders."""
    for source in registry().contributed("attachments"):
        if source.kind == kind:
            rendered: Attachment = source.load(identifier)
            return rendered
    raise UnknownAttachment(kind)


def secrets_of(message: Message) -> dict[str, str]:
    """Return the message's secrets, which are gone once it was handed over."""
    sealed = message.secrets
    if not isinstance(sealed, str):
        return {}
    opened: dict[str, str] = json.loads(sealed)
    return opened


def masked(secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the names of secrets without their values: the link in a mail belongs to its recipient alone."""
    return dict.fromkeys(secrets, _HIDDEN)
