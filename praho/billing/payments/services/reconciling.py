"""Open attempts of which nobody heard: the provider is asked, never the customer's browser believed."""

from datetime import timedelta

import structlog

from praho.billing.events import ASK_PROVIDER, AttemptWork
from praho.billing.payments import repos
from praho.billing.payments.services import reporting
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.jobs.queueing import enqueue
from praho.integrations.services import calling
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt
from praho.models.customers import Customer

log = structlog.get_logger(__name__)

ASK_AFTER = timedelta(minutes=1)
# Longer than the longest call to start a payment: what the provider does not know by then was never started.
NEVER_STARTED_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=2)
_BATCH = 100


def ask_about_open_attempts() -> int:
    """Enqueue a question about every open attempt that is due for one; return how many."""
    now = clock.machine_now()
    with unit_of_work():
        due = repos.attempts_to_ask(now - ASK_AFTER, _BATCH)
        for attempt in due:
            occasion = f"{attempt.public_id}:{attempt.asked_at.isoformat()}"
            enqueue(ASK_PROVIDER, AttemptWork(attempt.public_id), occasion=occasion)
        return len(due)


def ask(attempt_id: str) -> None:
    """Ask the provider how an open attempt stands, and act on the answer as on a webhook."""
    attempt = repos.attempt(attempt_id)
    if attempt is None or attempt.state not in OPEN_ATTEMPTS:
        return
    account_id = attempt.account_id
    session().close()
    status = calling.ask(account_id, "lookup", lambda provider: provider.lookup(attempt_id))
    if status is None:
        _note_answer(attempt_id, NEVER_STARTED_AFTER)
        return
    reference = calling.local(account_id, lambda provider: provider.account_reference())
    became = reporting.apply(account_id, reference, status)
    log.info("asked about a payment", attempt=attempt_id, became=became)
    _note_answer(attempt_id, GIVEN_UP_AFTER)


def _note_answer(attempt_id: str, give_up_after: timedelta) -> None:
    """Note that the provider was asked; an attempt that stayed open for longer stops blocking its proforma.

    Money that comes later all the same is settled, or parked, like any other.
    """
    with unit_of_work():
        found = repos.attempt(attempt_id)
        assert found is not None
        locking.lock_one(Customer, found.customer_id)
        row = locking.lock_one(PaymentAttempt, found.id)
        if row is None or row.state not in OPEN_ATTEMPTS:
            return
        now = clock.machine_now()
        row.asked_at = now
        if now - row.created_at > give_up_after:
            row.state = AttemptState.ABANDONED
            row.decided_at = clock.now()
