"""Recording what a provider answered when a payment was started. A webhook that was faster has the last word."""

from praho.billing.events import ASK_PROVIDER, AttemptWork
from praho.billing.payments import repos
from praho.billing.payments.services import reporting
from praho.billing.payments.services.attempts import AttemptView, view_of
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.i18n import DEFAULT, current_locale
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.integrations.services import calling
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt
from praho.models.customers import Customer
from praho.sdk import texts
from praho.sdk.dto import PaymentStatus
from praho.sdk.outcomes import NeedsAction, Outcome, Rejected, Succeeded, Unknown


def first_answer(attempt_id: str, outcome: Outcome[PaymentStatus]) -> AttemptView:
    """Record the answer to the first call; nothing where a webhook or a repeated call was faster."""
    if isinstance(outcome, Rejected):
        return _record(attempt_id, AttemptState.DECLINED, reason=_refusal(outcome), staff_note=_words(outcome))
    if isinstance(outcome, Unknown):
        return _unknown(attempt_id, outcome.reason)
    return _led_on(attempt_id, outcome)


def repeated_answer(attempt_id: str, outcome: Outcome[PaymentStatus]) -> None:
    """Record where the repeated call leads; a refusal of it, or no answer, changes nothing."""
    if not isinstance(outcome, Rejected | Unknown):
        _led_on(attempt_id, outcome)


def not_sent(attempt_id: str, why: str) -> AttemptView:
    """Record that the first call never left: nothing was begun, and another try is free."""
    return _record(attempt_id, AttemptState.ABANDONED, staff_note=why)


def _led_on(attempt_id: str, outcome: Outcome[PaymentStatus]) -> AttemptView:
    if isinstance(outcome, Succeeded):
        _settle_at_once(attempt_id, outcome.value)
    url = outcome.url if isinstance(outcome, NeedsAction) else None
    return _record(attempt_id, AttemptState.WAITING, url=url)


def _settle_at_once(attempt_id: str, status: PaymentStatus) -> None:
    attempt = repos.attempt(attempt_id)
    assert attempt is not None
    account_id = attempt.account_id
    session().close()
    reference = calling.local(account_id, lambda provider: provider.account_reference())
    # The customer's own scope may not write payments.
    with entered(SystemScope("a payment made at once")):
        reporting.apply(account_id, reference, status)


def _refusal(outcome: Rejected) -> str:
    if outcome.customer_text is not None:
        return texts.render(outcome.customer_text, current_locale())
    return _("The payment could not be started and nothing was charged. Please try again, or pay by bank transfer.")


def _words(outcome: Rejected) -> str:
    return f"{outcome.reason.value}: {texts.render(outcome.staff_text, DEFAULT)}"


def _unknown(attempt_id: str, why: str) -> AttemptView:
    with unit_of_work():
        view = _record(attempt_id, AttemptState.UNKNOWN, staff_note=why)
        if view.state is AttemptState.UNKNOWN:
            enqueue(ASK_PROVIDER, AttemptWork(attempt_id), occasion=f"{attempt_id}:unknown")
        return view


def _record(
    attempt_id: str,
    state: AttemptState,
    *,
    url: str | None = None,
    reason: str | None = None,
    staff_note: str | None = None,
) -> AttemptView:
    with unit_of_work():
        found = repos.attempt(attempt_id)
        assert found is not None
        locking.lock_one(Customer, found.customer_id)
        row = locking.lock_one(PaymentAttempt, found.id)
        assert row is not None
        if _may_become(row, state):
            row.state, row.url, row.reason, row.staff_note = state, url, reason, staff_note
            row.decided_at = None if state in OPEN_ATTEMPTS else clock.now()
        return view_of(row)


def _may_become(row: PaymentAttempt, state: AttemptState) -> bool:
    """Whether the answer of a call may still change the attempt: its verdicts, and a page to go to, are final."""
    if row.state is AttemptState.UNKNOWN:
        return state is AttemptState.WAITING and row.url is None
    return row.state is AttemptState.CLAIMED
