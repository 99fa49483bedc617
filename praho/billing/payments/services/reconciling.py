"""Open attempts of which nobody heard: the provider is asked, never the customer's browser believed."""

from datetime import timedelta

import structlog

from praho.billing.events import ASK_PROVIDER, AttemptWork
from praho.billing.payments import repos
from praho.billing.payments.services import reporting, starting
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Again
from praho.core.jobs.queueing import enqueue
from praho.integrations.services import calling, loading
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt
from praho.models.customers import Customer
from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused
from praho.sdk.payments import Capability

log = structlog.get_logger(__name__)

# Longer than the longest call to start a payment: what the provider does not know by then was never started.
NEVER_STARTED_AFTER = timedelta(minutes=5)
# A payment that the provider waits for on a page to which nobody was led.
NEVER_SHOWN_AFTER = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=2)
# Providers forget keys after a day; a repeat later than this would be a new call.
KEYS_LAST = timedelta(hours=23)
_BATCH = 100
_SHORTEST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(hours=1)


def ask_about_open_attempts() -> int:
    """Enqueue a question about every open attempt that is due for one; return how many."""
    with unit_of_work():
        due = repos.attempts_to_ask(clock.machine_now(), _BATCH)
        for attempt in due:
            occasion = f"{attempt.public_id}:{attempt.ask_at.isoformat()}"
            enqueue(ASK_PROVIDER, AttemptWork(attempt.public_id), occasion=occasion)
        return len(due)


def ask(attempt_id: str) -> Again | None:
    """Ask the provider how an open attempt stands, and act on the answer as on a webhook.

    Where nobody knows whether the payment was started, and the provider honours keys, it is started again under its
    key. A provider that cannot be asked is asked later, for as long as the attempt is open: nothing is decided.
    Returns when to ask again while somebody may be waiting for it; later questions come from the sweep.
    """
    attempt = repos.attempt(attempt_id)
    if attempt is None or attempt.state not in OPEN_ATTEMPTS:
        return None
    account_id, age = attempt.account_id, clock.machine_now() - attempt.created_at
    session().close()
    try:
        status: PaymentStatus | None = calling.ask(account_id, "lookup", lambda provider: provider.lookup(attempt_id))
    except (NotSent, OutcomeUnknown, ProviderRefused) as error:
        log.warning("a provider cannot be asked about a payment", attempt=attempt_id, error=str(error))
        _note(attempt_id, patience=None)
        return _soon(age, str(error))
    if status is not None:
        reference = calling.local(account_id, lambda provider: provider.account_reference())
        became = reporting.apply(account_id, reference, status)
        log.info("asked about a payment", attempt=attempt_id, became=became)
    if age < KEYS_LAST and _leads_nowhere(attempt_id) and _honours_keys(account_id):
        starting.repeat(attempt_id)
    _note(attempt_id, patience=_patience(attempt_id, known=status is not None))
    return _soon(age, "nobody knows yet where to pay") if _leads_nowhere(attempt_id) else None


def _soon(age: timedelta, reason: str) -> Again | None:
    if age > NEVER_STARTED_AFTER:
        return None
    return Again(max(_SHORTEST_PAUSE, age / 2).total_seconds(), reason)


def _leads_nowhere(attempt_id: str) -> bool:
    """Return whether the first call's answer is missing; ends the reading."""
    row = repos.attempt(attempt_id)
    missing = row is not None and row.url is None and row.state in (AttemptState.CLAIMED, AttemptState.UNKNOWN)
    session().close()
    return missing


def _honours_keys(account_id: int) -> bool:
    account = calling.account(account_id)
    return Capability.IDEMPOTENT_START in loading.plugin(account.kind, account.plugin).capabilities


def _note(attempt_id: str, *, patience: timedelta | None) -> None:
    """Note that the provider was asked; an attempt that is open for longer than `patience` is given up.

    It stops blocking its proforma; money that comes later all the same is settled, or parked, like any other. The
    older an attempt, the longer the pause to the next question. While its money is parked, staff have the word.
    """
    with unit_of_work():
        found = repos.attempt(attempt_id)
        assert found is not None
        locking.lock_one(Customer, found.customer_id)
        row = locking.lock_one(PaymentAttempt, found.id)
        if row is None or row.state not in OPEN_ATTEMPTS:
            return
        now = clock.machine_now()
        age = now - row.created_at
        row.ask_at = now + min(max(starting.ASK_AFTER, age / 10), _LONGEST_PAUSE)
        if patience is not None and age > patience and repos.parked_of_attempt(attempt_id) is None:
            row.state = AttemptState.ABANDONED
            row.decided_at = clock.now()


def _patience(attempt_id: str, *, known: bool) -> timedelta:
    """Return for how long an attempt may stay open after the provider's answer; ends the reading."""
    if not known:
        return NEVER_STARTED_AFTER
    return NEVER_SHOWN_AFTER if _leads_nowhere(attempt_id) else GIVEN_UP_AFTER
