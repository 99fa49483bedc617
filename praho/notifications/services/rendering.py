"""Turning a message's row into the mail: subject, text, HTML and attachments, in the recipient's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from praho.config import Config
from praho.core.contributions import Attachment
from praho.core.domain import registry
from praho.core.i18n import in_locale
from praho.models.notifications import Message
from praho.settings.services import company
from praho.ui.navigation import Brand

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
    """Render a message inside the scope at hand; the first line of the text template is the subject.

    No request is needed, and where there is one it is left alone: addresses are those that the configuration names.
    """
    values: dict[str, Any] = {
        **message.facts,
        **secrets,
        "recipient_name": message.recipient_name,
        "brand": Brand(company.display_name(), f"{_base_url()}/", company.legal_lines()),
        "url_for": _address_of,
    }
    domain, name = message.template.split("/")
    templates = current_app.jinja_env
    with in_locale(message.locale):
        plain = templates.get_template(f"{domain}/email/{name}.txt").render(values)
        subject, _blank, text = plain.strip().partition("\n")
        html = templates.get_template(f"{domain}/email/{name}.html").render({**values, "subject": subject.strip()})
    return Parts(subject.strip(), text.strip() + "\n", html)


def _base_url() -> str:
    config: Config = current_app.config["PRAHO"]
    return config.base_url


def _address_of(endpoint: str, **values: object) -> str:
    """Return the whole address of a page, as `url_for` does with `_external`."""
    parts = urlsplit(_base_url())
    adapter = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    values.pop("_external", None)
    return adapter.build(endpoint, values, force_external=True)


def compose(message: Message, parts: Parts, sender: str) -> EmailMessage:
    """Build the mail, with its attachments rendered now and one Message-ID for all attempts."""
    mail = EmailMessage()
    mail["From"] = formataddr(parseaddr(sender))
    mail["To"] = formataddr((" ".join(message.recipient_name.split()), message.recipient))
    mail["Subject"] = parts.subject
    mail["Message-ID"] = message.message_id
    mail["Date"] = formatdate(message.created_at.timestamp())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parts.text)
    mail.add_alternative(parts.html, subtype="html")
    for wanted in message.attachments:
        attachment = attached(wanted["kind"], wanted["id"])
        main, _slash, sub = attachment.content_type.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.filename)
    # Last, for whatever is named Content-… before a part is added becomes the part's own.
    mail["Content-Language"] = message.locale
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
