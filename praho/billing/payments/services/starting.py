"""Starting a payment at a provider: claim the attempt, call, record what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents.services import asking
from praho.billing.events import ASK_PROVIDER, AttemptWork
from praho.billing.payments import repos
from praho.billing.payments.services import concluding, placing, topping_up
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
from praho.core.web import rate_limits
from praho.integrations.services import calling, choosing
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt, PaymentAttemptShare
from praho.models.customers import Customer, CustomerState
from praho.models.integrations import ProviderKind
from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import NotSent
from praho.sdk.outcomes import Outcome
from praho.sdk.payments import PaymentProvider, StartRequest

ASK_AFTER = timedelta(minutes=1)
_MOST_STARTS = 10
# A person waits for the answer; what takes longer is settled in the background.
_LONGEST_WAIT = 20.0
_LONGEST_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the provider sends the browser back to and reports to; both are absolute.

    The first gets the attempt's id, the second the account's.
    """

    return_url: Callable[[str], str]
    webhook_url: Callable[[str], str]


def start(proforma_id: str, account_public_id: str, addresses: Addresses) -> AttemptView:
    """Begin to pay what is left of one open proforma; see `start_together`."""
    return start_together([proforma_id], account_public_id, addresses)


def start_together(proforma_ids: Sequence[str], account_public_id: str, addresses: Addresses) -> AttemptView:
    """Begin to pay what is left of open proformas of the scope's customer, in one payment through an account.

    An invoice stands for the proforma through which it is paid. A second click finds the attempt that is open and
    returns it: one proforma has at most one. Raises NotFound, `NotPayable` (also for proformas in two currencies),
    `UnknownAccount` for an account that takes no payments, and TooManyRequests: payment pages are where stolen cards
    are tried.
    """
    account = choosing.chosen(ProviderKind.PAYMENT, account_public_id)
    wanted = list(dict.fromkeys(proforma_ids))
    _count(wanted)
    return _begin(*_claim(wanted, account, addresses))


def add_funds(customer_id: int, amount: Money, account_public_id: str, addresses: Addresses) -> AttemptView:
    """Begin to add `amount` to the balance of the scope's customer through a payment account.

    Raises Invalid for an amount outside the limits of the settings, `UnknownAccount`, TooManyRequests.
    """
    topping_up.require_allowed(amount)
    account = choosing.chosen(ProviderKind.PAYMENT, account_public_id)
    session().close()
    rate_limits.hit("payments.start", f"customer {customer_id}", limit=_MOST_STARTS, seconds=3600)
    return _begin(*_claim_top_up(customer_id, amount, account, addresses))


def _begin(attempt_id: str, fresh: bool) -> AttemptView:
    if not fresh:
        return _under_way(attempt_id)
    try:
        outcome = _call(attempt_id)
    except NotSent as error:
        return concluding.not_sent(attempt_id, str(error))
    return concluding.first_answer(attempt_id, outcome)


def repeat(attempt_id: str) -> None:
    """Make the call of an attempt once more, word for word and under its key, where nobody knows what came of it.

    Only for a provider that honours keys. Its answer counts where it leads somewhere: that the repeated call was
    refused does not say that the first one was not carried out.
    """
    try:
        outcome = _call(attempt_id)
    except NotSent:
        return
    concluding.repeated_answer(attempt_id, outcome)


def ask_now(attempt_id: str) -> None:
    """Have the provider asked about an open attempt soon, as when the browser comes back from its page."""
    with unit_of_work():
        attempt = repos.attempt(attempt_id)
        if attempt is None:
            raise NotFound(_("This payment does not exist."))
        if attempt.state in OPEN_ATTEMPTS:
            minute = clock.machine_now().strftime("%Y%m%d%H%M")
            enqueue(ASK_PROVIDER, AttemptWork(attempt_id), occasion=f"{attempt_id}:soon:{minute}")


def _count(proforma_ids: Sequence[str]) -> None:
    known = asking.found(proforma_ids[0]) if proforma_ids else None
    # The counter takes a connection of its own: none is held meanwhile.
    session().close()
    if known is None:
        raise NotFound(_("This proforma does not exist."))
    rate_limits.hit("payments.start", known.public_id, limit=_MOST_STARTS, seconds=3600)


def _under_way(attempt_id: str) -> AttemptView:
    attempt = repos.attempt(attempt_id)
    assert attempt is not None
    if attempt.state is AttemptState.UNKNOWN:
        ask_now(attempt_id)
    return view_of(attempt)


def _claim(proforma_ids: Sequence[str], account: choosing.Choice, addresses: Addresses) -> tuple[str, bool]:
    """Return the attempt that is open, and whether it was claimed just now."""
    with unit_of_work():
        found = [asking.found(proforma_id) for proforma_id in proforma_ids]
        known = [row for row in found if row is not None]
        if len(known) != len(found) or len({row.customer_id for row in known}) != 1:
            raise NotFound(_("This proforma does not exist."))
        customer = locking.lock_one(Customer, known[0].customer_id)
        proformas = locking.lock(Document, [row.id for row in known])
        if customer is None or not all(_payable(proforma) for proforma in proformas):
            raise errors.NotPayable(_("This proforma is not waiting for a payment."))
        if len({proforma.currency for proforma in proformas}) != 1:
            raise errors.NotPayable(_("Proformas in different currencies are paid one currency at a time."))
        under_way = repos.open_attempt([proforma.id for proforma in proformas])
        if under_way is not None:
            return under_way.public_id, False
        attempt = _new_attempt(customer, _sum_of(proformas), _words_for(proformas), account, addresses)
        attempt.document_id = proformas[0].id
        _keep(attempt, proformas)
        return attempt.public_id, True


def _claim_top_up(customer_id: int, amount: Money, account: choosing.Choice, addresses: Addresses) -> tuple[str, bool]:
    """Return the attempt to add funds that is open for this amount, and whether it was claimed just now."""
    with unit_of_work():
        customer = locking.lock_one(Customer, customer_id)
        if customer is None or customer.state is CustomerState.ERASED:
            raise NotFound(_("This customer does not exist."))
        under_way = repos.open_top_up(customer_id)
        if under_way is not None and Money(under_way.amount_minor, under_way.currency) == amount:
            return under_way.public_id, False
        attempt = _new_attempt(customer, amount, _("Funds for the balance"), account, addresses)
        _keep(attempt, ())
        return attempt.public_id, True


def _payable(proforma: Document) -> bool:
    return proforma.state is DocumentState.OPEN and placing.left_of(proforma) > 0


def _sum_of(proformas: Sequence[Document]) -> Money:
    return Money(sum(placing.left_of(proforma) for proforma in proformas), proformas[0].currency)


def _words_for(proformas: Sequence[Document]) -> str:
    numbers = ", ".join(proforma.number_text for proforma in proformas)
    if len(proformas) == 1:
        return _("Proforma %(number)s", number=numbers)
    return _("Proformas %(numbers)s", numbers=numbers)[:_LONGEST_DESCRIPTION]


def _keep(attempt: PaymentAttempt, proformas: Sequence[Document]) -> None:
    session().add(attempt)
    session().flush()
    session().add_all(
        PaymentAttemptShare(
            customer_id=attempt.customer_id,
            attempt_id=attempt.id,
            document_id=proforma.id,
            amount_minor=placing.left_of(proforma),
        )
        for proforma in proformas
    )
    session().flush()
    numbers = ", ".join(proforma.number_text for proforma in proformas)
    recording.record(
        "payment.started",
        subject=("payment_attempt", attempt.public_id),
        customer_id=attempt.customer_id,
        changes={"amount_minor": [None, attempt.amount_minor], "proforma": [None, numbers]},
    )


def _new_attempt(
    customer: Customer, amount: Money, description: str, account: choosing.Choice, addresses: Addresses
) -> PaymentAttempt:
    now = clock.machine_now()
    public_id = new_public_id("pat")
    return PaymentAttempt(
        public_id=public_id,
        customer_id=customer.id,
        account_id=account.id,
        amount_minor=amount.minor,
        currency=amount.currency,
        state=AttemptState.CLAIMED,
        request={
            "description": description,
            "locale": current_locale(),
            "payer_name": customer.name,
            "payer_email": customer.email,
            "return_url": addresses.return_url(public_id),
            "webhook_url": addresses.webhook_url(account.public_id),
        },
        created_at=now,
        ask_at=now + ASK_AFTER,
    )


def _call(attempt_id: str) -> Outcome[PaymentStatus]:
    """Make the call with no transaction open; raises NotSent."""
    attempt = repos.attempt(attempt_id)
    assert attempt is not None
    account_id = attempt.account_id
    request = StartRequest(amount=Money(attempt.amount_minor, attempt.currency), **attempt.request)
    session().close()
    return calling.call(account_id, "start", _start(request, attempt_id), gives=PaymentStatus, seconds=_LONGEST_WAIT)


def _start(request: StartRequest, key: str) -> Callable[[PaymentProvider[Any]], Outcome[PaymentStatus]]:
    return lambda provider: provider.start(request, key)
