"""Settlement: the one door for money. A card's webhook, a reconciled attempt and a transfer all come here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from praho.audit.services import recording
from praho.billing import types
from praho.billing.documents import repos as documents
from praho.billing.documents import snapshot
from praho.billing.documents.services import invoicing
from praho.billing.events import ProformaPaid
from praho.billing.payments import repos
from praho.billing.payments.services import parking
from praho.core import clock, events
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.tallies import keeping
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.payments import (
    OPEN_ATTEMPTS,
    AttemptState,
    LedgerEntry,
    LedgerKind,
    ParkedState,
    Payment,
    PaymentAllocation,
    PaymentAttempt,
    PaymentMethod,
)
from praho.models.customers import Customer

_METHODS = {
    PaymentMethod.CARD: types.PaymentMethod.CARD,
    PaymentMethod.BANK_TRANSFER: types.PaymentMethod.BANK_TRANSFER,
    PaymentMethod.CASH: types.PaymentMethod.CASH,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that arrived for a proforma. Amount in minor units, `received_on` a Bucharest date.

    `external_id` is the provider's (or the bank's) own id of it, `attempt_id` our attempt that it answers.
    """

    proforma_id: str
    method: PaymentMethod
    amount_minor: int
    currency: str
    received_on: date
    reference: str
    account_id: int | None = None
    external_id: str | None = None
    attempt_id: str | None = None
    recorded_by: int | None = None


class Outcome(StrEnum):
    SETTLED = "settled"
    REPEATED = "repeated"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a receipt: the payment's public id, or that of the parked one."""

    outcome: Outcome
    public_id: str


def settle(receipt: Receipt) -> Settlement:
    """Record money once: as the payment that settles its proforma, or parked where it does not fit.

    In one transaction: payment, allocation, ledger, the proforma's state, the invoice (or the reason why there is
    none yet) and `ProformaPaid`. The same external id again changes nothing, but that money which was parked, and of
    which a later report fits, is settled as long as nobody has dealt with it. Raises NotFound for a proforma that
    does not exist in this scope.
    """
    with unit_of_work():
        found = documents.find(receipt.proforma_id)
        if found is None or found.kind is not DocumentKind.PROFORMA:
            raise NotFound(_("This proforma does not exist."))
        locking.lock_one(Customer, found.customer_id)
        proforma = locking.lock_one(Document, found.id)
        assert proforma is not None
        attempt = _locked_attempt(receipt, proforma)
        earlier = _earlier_payment(receipt)
        if earlier is not None:
            return Settlement(Outcome.REPEATED, earlier.public_id)
        waiting = parking.locked(receipt.account_id, receipt.external_id)
        misfit = _misfit(receipt, proforma)
        if waiting is not None and (misfit is not None or waiting.state is not ParkedState.OPEN):
            return Settlement(Outcome.REPEATED, waiting.public_id)
        if misfit is not None:
            leave_to_staff(attempt)
            return _park(receipt, proforma, misfit)
        payment = _record(receipt, proforma, attempt)
        if waiting is not None:
            parking.close(waiting, _("A later report fitted: it was settled as %(id)s.", id=payment.public_id))
        _invoice(proforma)
        _tell(proforma)
        return Settlement(Outcome.SETTLED, payment.public_id)


def leave_to_staff(attempt: PaymentAttempt | None) -> None:
    """Note on a locked attempt, where it is open, that its money came otherwise than agreed."""
    if attempt is not None and attempt.state in OPEN_ATTEMPTS:
        attempt.state = AttemptState.UNKNOWN


def payment_facts(proforma_id: int) -> tuple[snapshot.PaymentFact, ...]:
    """Return what was paid on a proforma, as its invoice prints it."""
    return tuple(
        snapshot.PaymentFact(_METHODS[payment.method], allocated, payment.received_on, payment.reference or None)
        for payment, allocated in repos.payments_of(proforma_id)
    )


def _locked_attempt(receipt: Receipt, proforma: Document) -> PaymentAttempt | None:
    if receipt.attempt_id is None:
        return None
    found = repos.attempt(receipt.attempt_id)
    if found is None or found.document_id != proforma.id:
        raise NotFound(_("This payment attempt does not exist."))
    return locking.lock_one(PaymentAttempt, found.id)


def _earlier_payment(receipt: Receipt) -> Payment | None:
    if receipt.account_id is None or receipt.external_id is None:
        return None
    return repos.payment_by_external_id(receipt.account_id, receipt.external_id)


def _misfit(receipt: Receipt, proforma: Document) -> parking.Reason | None:
    if proforma.state is DocumentState.PAID:
        return parking.Reason.ALREADY_PAID
    if proforma.state is not DocumentState.OPEN:
        return parking.Reason.NOT_OPEN
    if receipt.currency != proforma.currency:
        return parking.Reason.CURRENCY
    if receipt.amount_minor != proforma.total_minor:
        return parking.Reason.AMOUNT
    return None


def _park(receipt: Receipt, proforma: Document, reason: parking.Reason) -> Settlement:
    public_id = parking.park(
        parking.Facts(
            reason=reason,
            account_id=receipt.account_id,
            external_id=receipt.external_id,
            customer_id=proforma.customer_id,
            attempt_id=receipt.attempt_id,
            amount_minor=receipt.amount_minor,
            currency=receipt.currency,
            details={
                "proforma": proforma.number_text,
                "proforma_id": proforma.public_id,
                "method": receipt.method.value,
                "received_on": receipt.received_on.isoformat(),
                "reference": receipt.reference,
            },
        )
    )
    return Settlement(Outcome.PARKED, public_id)


def _record(receipt: Receipt, proforma: Document, attempt: PaymentAttempt | None) -> Payment:
    now = clock.now()
    payment = Payment(
        customer_id=proforma.customer_id,
        method=receipt.method,
        account_id=receipt.account_id,
        attempt_id=None if attempt is None else attempt.id,
        external_id=receipt.external_id,
        amount_minor=receipt.amount_minor,
        currency=receipt.currency,
        received_on=receipt.received_on,
        reference=receipt.reference,
        recorded_by=receipt.recorded_by,
        created_at=now,
    )
    session().add(payment)
    session().flush()
    session().add(
        PaymentAllocation(
            customer_id=proforma.customer_id,
            payment_id=payment.id,
            document_id=proforma.id,
            amount_minor=receipt.amount_minor,
            counted_on=receipt.received_on,
            created_at=now,
        )
    )
    keeping.add(types.RECEIVED, receipt.received_on, receipt.amount_minor, receipt.currency)
    _book(LedgerKind.PAYMENT, payment.public_id, proforma, -receipt.amount_minor, receipt.received_on)
    proforma.state = DocumentState.PAID
    proforma.settled_minor = proforma.total_minor
    proforma.settled_at = now
    if attempt is not None:
        attempt.state = AttemptState.SUCCEEDED
        attempt.decided_at = now
    session().flush()
    recording.record(
        "payment.settled",
        subject=("payment", payment.public_id),
        customer_id=proforma.customer_id,
        changes={"amount_minor": [None, receipt.amount_minor], "proforma": [None, proforma.number_text]},
    )
    return payment


def _invoice(proforma: Document) -> None:
    facts = payment_facts(proforma.id)
    invoice = invoicing.issue_in_savepoint(proforma, repos.lines_of(proforma.id), facts)
    if invoice is not None:
        book(invoice)


def _tell(proforma: Document) -> None:
    events.publish(ProformaPaid(proforma.customer_id, proforma.public_id, proforma.subject_kind, proforma.subject_id))


def book(document: Document) -> None:
    """Enter an invoice or a credit note into the ledger; once for each, by its UNIQUE reference."""
    _book(LedgerKind(document.kind.value), document.public_id, document, document.total_minor, document.issue_date)


def _book(kind: LedgerKind, reference: str, document: Document, amount_minor: int, booked_on: date) -> None:
    session().add(
        LedgerEntry(
            customer_id=document.customer_id,
            kind=kind,
            reference=reference,
            amount_minor=amount_minor,
            currency=document.currency,
            booked_on=booked_on,
            created_at=clock.now(),
        )
    )
