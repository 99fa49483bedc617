"""Handing a queued message over: at least once under one Message-ID, for a duplicate is better than a loss."""

import json

import structlog
from flask import current_app

from praho.config import Config
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import assert_no_transaction, unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.models.notifications import Message, MessageState
from praho.notifications import gateways, repos
from praho.notifications.events import DELIVER, MessageWork
from praho.notifications.services import forgetting, rendering

log = structlog.get_logger(__name__)

MAILDIR = "mail"


def deliver(public_id: str) -> None:
    """Render and hand over one queued message; a message that is sent or has failed is left alone.

    Raises NotTaken, after noting it, where the mail server did not take it this time.
    """
    config: Config = current_app.config["PRAHO"]
    message = repos.find(public_id)
    if message is None or message.state is not MessageState.QUEUED:
        return
    parts = rendering.render(message, rendering.secrets_of(message))
    mail = rendering.compose(message, parts, config.mail_from)
    session().close()
    assert_no_transaction()
    smtp_url = None if config.smtp_url is None else config.smtp_url.get_secret_value()
    try:
        gateways.hand_over(mail, smtp_url, config.instance_dir / MAILDIR)
    except gateways.RecipientRefused as refusal:
        log.warning("a mail was refused", message=public_id)
        _record(public_id, MessageState.FAILED, parts.subject, str(refusal))
        return
    except gateways.NotTaken as error:
        _record(public_id, MessageState.QUEUED, parts.subject, str(error))
        raise
    _record(public_id, MessageState.SENT, parts.subject, None)


def resend(public_id: str) -> None:
    """Queue a failed message again; raises Conflict for one that did not fail."""
    with unit_of_work():
        found = repos.find(public_id)
        row = None if found is None else locking.lock_one(Message, found.id)
        if row is None:
            raise NotFound(_("This message does not exist."))
        if row.state is not MessageState.FAILED or not row.recipient:
            raise Conflict(_("Only a message that failed can be sent again."))
        row.state = MessageState.QUEUED
        row.error = None
        enqueue(DELIVER, MessageWork(public_id), occasion=f"{public_id}:{clock.machine_now().isoformat()}")


def _record(public_id: str, state: MessageState, subject: str, error: str | None) -> None:
    with unit_of_work():
        found = repos.find(public_id)
        row = None if found is None else locking.lock_one(Message, found.id)
        if row is None or row.state is not MessageState.QUEUED:
            return
        row.state = state
        row.subject = subject
        row.error = error
        row.sent_at = clock.now() if state is MessageState.SENT else None
        if state is MessageState.SENT:
            row.secrets = json.dumps(rendering.masked(rendering.secrets_of(row)))
        if state is MessageState.SENT and row.forgets:
            forgetting.forget(row)
