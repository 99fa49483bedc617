"""Queueing a message: a row and a job, in the transaction of the change that it tells about."""

import json
from collections.abc import Mapping, Sequence
from email.utils import parseaddr

from flask import current_app, has_app_context
from sqlalchemy.dialects.postgresql import insert

from praho.config import Config
from praho.core import clock
from praho.core.contributions import Recipient
from praho.core.crypto import Place, ring
from praho.core.db.uow import require_unit_of_work
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.models.notifications import Message, MessageState
from praho.notifications.events import DELIVER, MessageWork

# Of a Message-ID where mails are queued outside the application, or its sender has none.
_NO_DOMAIN = "localhost"


def send(
    template: str,
    occasion: str,
    recipient: Recipient,
    facts: Mapping[str, object],
    *,
    customer_id: int | None = None,
    secrets: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, str]] = (),
    forgets: bool = False,
) -> bool:
    """Queue one mail, once for each `occasion`; return False where this occasion was queued before.

    `template` is `<domain>/<name>`: the files `<domain>/email/<name>.html` and `.txt`. `facts` are JSON values that
    the template prints; what must not be stored in clear (a link's token) goes into `secrets`. `attachments` are
    (kind, public id) pairs, rendered when the mail is sent. With `forgets` the address is overwritten once the mail
    was handed over; such facts must not name anybody. Needs a unit of work; any scope will do.
    """
    session = require_unit_of_work().session
    public_id = new_public_id("msg")
    inserted = session.execute(
        insert(Message)
        .values(
            public_id=public_id,
            occasion=occasion,
            customer_id=customer_id,
            user_id=recipient.user_id,
            template=template,
            locale=recipient.locale,
            recipient=recipient.email,
            recipient_name=recipient.name,
            facts=dict(facts),
            secrets_sealed=_sealed(public_id, secrets),
            attachments=[{"kind": kind, "id": identifier} for kind, identifier in attachments],
            forgets=forgets,
            message_id=f"<{public_id}@{_mail_domain()}>",
            state=MessageState.QUEUED,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(Message.id)
    ).scalar()
    if inserted is None:
        return False
    enqueue(DELIVER, MessageWork(public_id), occasion=public_id)
    return True


def _mail_domain() -> str:
    """Return the domain of the sender, which a Message-ID belongs to."""
    if not has_app_context():
        return _NO_DOMAIN
    config: Config = current_app.config["PRAHO"]
    return parseaddr(config.mail_from)[1].partition("@")[2] or _NO_DOMAIN


def _sealed(public_id: str, secrets: Mapping[str, str] | None) -> str | None:
    if not secrets:
        return None
    place = Place(Message.__tablename__, "secrets_sealed", public_id)
    return ring().encrypt(json.dumps(dict(secrets)), place)
