"""Starting a payment at a provider: claim the attempt, call, record what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos as documents
from praho.billing.events import ASK_PROVIDER, AttemptWork
from praho.billing.payments import repos
from praho.billing.payments.services import reporting
from praho.billing.payments.services.attempts import AttemptView, view_of
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.core.money import Money
from praho.integrations.services import calling, choosing
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt
from praho.models.customers import Customer
from praho.models.integrations import ProviderKind
from praho.sdk import texts
from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import NotSent
from praho.sdk.outcomes import NeedsAction, Outcome, Rejected, Succeeded, Unknown
from praho.sdk.payments import PaymentProvider, StartRequest


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the provider sends the browser back to and reports to; both are absolute and get the attempt's id."""

    return_url: Callable[[str], str]
    webhook_url: Callable[[str], str]


def start(proforma_id: str, account_public_id: str, addresses: Addresses) -> AttemptView:
    """Begin to pay an open proforma of the scope's customer through a payment account.

    A second click finds the attempt that is open and returns it: one proforma has at most one. Raises NotFound,
    `NotPayable`, and `UnknownAccount` for an account that takes no payments.
    """
    account = choosing.chosen(ProviderKind.PAYMENT, account_public_id)
    claimed = _claim(proforma_id, account.id)
    attempt = repos.attempt(claimed.public_id)
    assert attempt is not None
    if not claimed.fresh:
        return view_of(attempt)
    request = _request(attempt, addresses, account.public_id)
    session().close()
    try:
        outcome = calling.call(account.id, "start", _start(request, claimed.public_id), gives=PaymentStatus)
    except NotSent as error:
        return _record(claimed.public_id, AttemptState.ABANDONED, reason=str(error))
    return _conclude(account.id, claimed.public_id, outcome)


def ask_now(attempt_id: str) -> None:
    """Have the provider asked about an open attempt soon, as when the browser comes back from its page."""
    with unit_of_work():
        attempt = repos.attempt(attempt_id)
        if attempt is None:
            raise NotFound(_("This payment does not exist."))
        if attempt.state in OPEN_ATTEMPTS:
            minute = clock.machine_now().strftime("%Y%m%d%H%M")
            enqueue(ASK_PROVIDER, AttemptWork(attempt_id), occasion=f"{attempt_id}:returned:{minute}")


@dataclass(frozen=True, slots=True)
class _Claim:
    public_id: str
    fresh: bool


def _claim(proforma_id: str, account_id: int) -> _Claim:
    with unit_of_work():
        found = documents.find(proforma_id)
        if found is None:
            raise NotFound(_("This proforma does not exist."))
        customer = locking.lock_one(Customer, found.customer_id)
        proforma = locking.lock_one(Document, found.id)
        if customer is None or proforma is None or proforma.state is not DocumentState.OPEN:
            raise errors.NotPayable(_("This proforma is not waiting for a payment."))
        under_way = repos.open_attempt(proforma.id)
        if under_way is not None:
            return _Claim(under_way.public_id, fresh=False)
        attempt = _new_attempt(proforma, customer, account_id)
        session().add(attempt)
        session().flush()
        recording.record(
            "payment.started",
            subject=("payment_attempt", attempt.public_id),
            customer_id=proforma.customer_id,
            changes={"amount_minor": [None, attempt.amount_minor], "proforma": [None, proforma.number_text]},
        )
        return _Claim(attempt.public_id, fresh=True)


def _new_attempt(proforma: Document, customer: Customer, account_id: int) -> PaymentAttempt:
    now = clock.machine_now()
    return PaymentAttempt(
        public_id=new_public_id("pat"),
        customer_id=proforma.customer_id,
        document_id=proforma.id,
        account_id=account_id,
        amount_minor=proforma.total_minor,
        currency=proforma.currency,
        state=AttemptState.CLAIMED,
        request={
            "description": _("Proforma %(number)s", number=proforma.number_text),
            "locale": current_locale(),
            "payer_name": customer.name,
            "payer_email": customer.email,
        },
        created_at=now,
        asked_at=now,
    )


def _request(attempt: PaymentAttempt, addresses: Addresses, account_public_id: str) -> StartRequest:
    return StartRequest(
        amount=Money(attempt.amount_minor, attempt.currency),
        return_url=addresses.return_url(attempt.public_id),
        webhook_url=addresses.webhook_url(account_public_id),
        **attempt.request,
    )


def _start(request: StartRequest, key: str) -> Callable[[PaymentProvider[Any]], Outcome[PaymentStatus]]:
    return lambda provider: provider.start(request, key)


def _conclude(account_id: int, attempt_id: str, outcome: Outcome[PaymentStatus]) -> AttemptView:
    if isinstance(outcome, NeedsAction):
        return _record(attempt_id, AttemptState.WAITING, url=outcome.url)
    if isinstance(outcome, Succeeded):
        reference = calling.local(account_id, lambda provider: provider.account_reference())
        reporting.apply(account_id, reference, outcome.value)
        return _record(attempt_id, AttemptState.WAITING)
    if isinstance(outcome, Rejected):
        text = texts.render(outcome.customer_text or outcome.staff_text, current_locale())
        return _record(attempt_id, AttemptState.DECLINED, reason=text)
    if isinstance(outcome, Unknown):
        return _record(attempt_id, AttemptState.UNKNOWN, reason=outcome.reason)
    return _record(attempt_id, AttemptState.WAITING)


def _record(attempt_id: str, state: AttemptState, *, url: str | None = None, reason: str | None = None) -> AttemptView:
    """Record the call's answer, unless a webhook was faster: its verdict is final."""
    with unit_of_work():
        found = repos.attempt(attempt_id)
        assert found is not None
        locking.lock_one(Customer, found.customer_id)
        row = locking.lock_one(PaymentAttempt, found.id)
        assert row is not None
        if row.state is AttemptState.CLAIMED:
            row.state = state
            row.url = url
            row.reason = reason
            row.decided_at = None if state in OPEN_ATTEMPTS else clock.now()
        return view_of(row)
