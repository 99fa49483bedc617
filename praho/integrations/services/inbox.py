"""The inbox of webhooks: verified by the plugin, kept once, answered at once, acted upon by a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from praho.audit.services import recording
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.integrations import repos
from praho.integrations.errors import BadWebhook, UnknownAccount
from praho.integrations.events import INBOX, InboxDue
from praho.integrations.services import calling
from praho.models.integrations import InboxMessage, InboxState, ProviderKind
from praho.sdk import events
from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import InvalidSignature, InvalidWebhook
from praho.sdk.events import PaymentChanged

log = structlog.get_logger(__name__)

_ORPHANED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """A verified report of a payment, as the job that acts on it needs it."""

    public_id: str
    account_id: int
    payment: PaymentStatus


def receive(account_public_id: str, headers: Mapping[str, str], body: bytes) -> int:
    """Take a payment provider's webhook; return how many of its events were new.

    The plugin checks the signature over the raw bytes before anything is written: what it refuses is BadWebhook and
    leaves no trace, whatever the account (NotFound for one that takes no webhooks). An account that is switched off
    still takes them, for its money may be on its way. An event that we have is not kept again; where acting on it
    failed, it is handed over once more.
    """
    with entered(SystemScope("webhook")):
        account = repos.account_by_public_id(account_public_id)
    if account.kind is not ProviderKind.PAYMENT:
        raise UnknownAccount(_("There is no such provider account."))
    lowered = {name.lower(): value for name, value in headers.items()}
    try:
        reported = calling.local(account.id, lambda adapter: adapter.parse_webhook(lowered, body))
    except (InvalidSignature, InvalidWebhook) as error:
        log.warning("webhook refused", account=account_public_id, reason=str(error))
        raise BadWebhook(_("The webhook was not accepted.")) from error
    with entered(SystemScope("webhook")), unit_of_work():
        return sum(_keep(account.id, event, body) for event in reported)


def payment_report(inbox_id: int) -> PaymentReport | None:
    """Return what a job has to act on, or None where that was done before."""
    with entered(SystemScope("inbox")):
        row = repos.message(inbox_id)
        if row is None or row.state is InboxState.HANDLED:
            return None
        return PaymentReport(row.public_id, row.account_id, events.decode(row.event).payment)


def mark_handled(inbox_id: int) -> None:
    """Note, best in the unit of work that acted on it, that a webhook is done with. Takes no lock of the order."""
    _mark(inbox_id, state=InboxState.HANDLED, handled_at=clock.now(), error=None)


def mark_failed(inbox_id: int, error: str) -> None:
    """Note that a webhook could not be acted upon, for staff to see; `error` is a sentence."""
    _mark(inbox_id, state=InboxState.FAILED, error=error)


def reprocess(public_id: str) -> None:
    """Hand a webhook to its job once more, on a person's wish; one that was acted upon is a Conflict."""
    with unit_of_work():
        found = repos.message_by_public_id(public_id)
        row = None if found is None else locking.lock_one(InboxMessage, found.id)
        if row is None:
            raise NotFound(_("There is no such message."))
        if row.state is InboxState.HANDLED:
            raise Conflict(_("This message has been acted upon already."))
        recording.record(
            "integrations.inbox.reprocess",
            subject=("webhook", row.public_id),
            changes={"state": [row.state, InboxState.RECEIVED]},
        )
        _hand_over(row)


def sweep(occasion: str) -> int:
    """Give webhooks that wait for longer than a minute, and whose job was lost, a new one; return how many.

    One whose job became a dead letter has failed: it gets no other job until staff, or the provider's next repeat,
    hand it over again.
    """
    handed_over = 0
    with unit_of_work():
        for inbox_id, given_up in repos.orphaned_messages(INBOX, clock.now() - _ORPHANED_AFTER):
            if given_up:
                mark_failed(inbox_id, _("Its job gave up; what went wrong stands with the job."))
            else:
                handed_over += enqueue(INBOX, InboxDue(inbox_id), occasion=f"{inbox_id}:{occasion}")
    return handed_over


def _mark(inbox_id: int, **values: Any) -> None:
    with unit_of_work() as session:
        session.execute(
            update(InboxMessage)
            .where(InboxMessage.id == inbox_id, InboxMessage.state != InboxState.HANDLED)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _keep(account_id: int, event: PaymentChanged, body: bytes) -> bool:
    with unit_of_work() as session:
        statement = (
            insert(InboxMessage)
            .values(
                account_id=account_id,
                external_id=event.external_id,
                event=events.encode(event),
                body=body,
                state=InboxState.RECEIVED,
                received_at=clock.now(),
            )
            .on_conflict_do_nothing(index_elements=["account_id", "external_id"])
            .returning(InboxMessage.id, InboxMessage.public_id)
        )
        inserted = session.execute(statement).one_or_none()
        if inserted is not None:
            return enqueue(INBOX, InboxDue(inserted.id), occasion=inserted.public_id)
        known = repos.message_by_external_id(account_id, event.external_id)
        row = None if known is None else locking.lock_one(InboxMessage, known.id)
        if row is not None and row.state is InboxState.FAILED:
            _hand_over(row)
        return False


def _hand_over(row: InboxMessage) -> None:
    row.state = InboxState.RECEIVED
    row.error = None
    enqueue(INBOX, InboxDue(row.id), occasion=f"{row.public_id}:{token_hex(8)}")
