"""What a provider reports about a payment (by webhook, or when asked) turned into a settlement, once."""

from datetime import date

from praho.billing.payments import repos
from praho.billing.payments.services import parking, settlement
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt, PaymentMethod
from praho.models.customers import Customer
from praho.sdk import texts
from praho.sdk.dto import PaymentState, PaymentStatus


def apply(account_id: int, account_reference: str, status: PaymentStatus) -> str:
    """Act on a verified report of one payment and return a word for the log.

    `account_reference` is the merchant account that our settings name. Money whose attempt, account, amount or
    currency is not what we asked for is parked. Repeats, and reports that overtake each other, change nothing: a
    success is final, and a failure never undoes one.
    """
    with unit_of_work():
        attempt = repos.attempt(status.key)
        if attempt is None or attempt.account_id != account_id:
            return _without_attempt(account_id, status)
        if status.state is PaymentState.SUCCEEDED:
            return _succeeded(attempt, account_reference, status)
        if status.state is PaymentState.FAILED and status.account_reference == account_reference:
            return _failed(attempt, status)
        return "open"


def _without_attempt(account_id: int, status: PaymentStatus) -> str:
    if status.state is not PaymentState.SUCCEEDED:
        return "ignored"
    _park(account_id, status, parking.Reason.UNKNOWN_ATTEMPT, None)
    return "parked"


def _succeeded(attempt: PaymentAttempt, account_reference: str, status: PaymentStatus) -> str:
    proforma = _first_of(attempt)
    if status.account_reference != account_reference:
        locking.lock_one(Customer, attempt.customer_id)
        settlement.leave_to_staff(locking.lock_one(PaymentAttempt, attempt.id))
        _park(attempt.account_id, status, parking.Reason.ACCOUNT, attempt)
        return "parked"
    settled = settlement.settle(
        settlement.Receipt(
            proforma_id=None if proforma is None else proforma.public_id,
            method=PaymentMethod.CARD,
            amount_minor=status.amount.minor,
            currency=status.amount.currency,
            received_on=_day_of(status, attempt, proforma),
            reference=status.external_id,
            account_id=attempt.account_id,
            external_id=status.external_id,
            attempt_id=attempt.public_id,
        )
    )
    return settled.outcome.value


def _first_of(attempt: PaymentAttempt) -> Document | None:
    """Return the first proforma that an attempt pays; None where it adds funds."""
    return None if attempt.document_id is None else repos.document(attempt.document_id)


def _day_of(status: PaymentStatus, attempt: PaymentAttempt, proforma: Document | None) -> date:
    """Return the Bucharest date on which the provider took the money, where its clock says something possible."""
    earliest = clock.local_date(attempt.created_at) if proforma is None else proforma.issue_date
    return max(min(earliest, clock.today()), min(clock.local_date(status.changed_at), clock.today()))


def _failed(attempt: PaymentAttempt, status: PaymentStatus) -> str:
    locking.lock_one(Customer, attempt.customer_id)
    row = locking.lock_one(PaymentAttempt, attempt.id)
    if row is None or row.state not in OPEN_ATTEMPTS:
        return "ignored"
    row.state = AttemptState.DECLINED
    row.reason = None if status.failure is None else texts.render(status.failure, row.request["locale"])
    row.decided_at = clock.now()
    return "declined"


def _park(account_id: int, status: PaymentStatus, reason: parking.Reason, attempt: PaymentAttempt | None) -> None:
    proforma = None if attempt is None else _first_of(attempt)
    parking.park(
        parking.Facts(
            reason=reason,
            account_id=account_id,
            external_id=status.external_id,
            customer_id=None if attempt is None else attempt.customer_id,
            attempt_id=status.key,
            amount_minor=status.amount.minor,
            currency=status.amount.currency,
            details={
                "account_reference": status.account_reference,
                **({} if proforma is None else {"proforma": proforma.number_text, "proforma_id": proforma.public_id}),
            },
        )
    )
