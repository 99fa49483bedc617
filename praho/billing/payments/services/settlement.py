"""Settlement: the one door for money. A card's webhook, a reconciled attempt and a transfer all come here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from praho.audit.services import recording
from praho.billing import types
from praho.billing.documents.services import asking
from praho.billing.payments import repos
from praho.billing.payments.services import ledger, parking, placing, receiving
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.tallies import keeping
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import (
    OPEN_ATTEMPTS,
    AttemptState,
    LedgerKind,
    ParkedPayment,
    ParkedState,
    Payment,
    PaymentAttempt,
    PaymentMethod,
)
from praho.models.customers import Customer


@dataclass(frozen=True, slots=True)
class Share:
    """The part of some money that is for one proforma, or for the invoice that it asks for; in minor units."""

    proforma_id: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that arrived. Amount in minor units, `received_on` a Bucharest date.

    It is for one proforma, or for those of its `shares`, or for the balance of `customer_id`; an invoice stands for the
    proforma through which it is paid. That of an attempt is for what the attempt was started for. `external_id` is the
    provider's (or the bank's) own id of it, `attempt_id` our attempt that it answers.
    """

    proforma_id: str | None
    method: PaymentMethod
    amount_minor: int
    currency: str
    received_on: date
    reference: str
    account_id: int | None = None
    external_id: str | None = None
    attempt_id: str | None = None
    recorded_by: int | None = None
    shares: tuple[Share, ...] = ()
    customer_id: int | None = None


class Outcome(StrEnum):
    SETTLED = "settled"
    REPEATED = "repeated"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a receipt: the payment's public id, or that of the parked one."""

    outcome: Outcome
    public_id: str


@dataclass(frozen=True, slots=True)
class _Aim:
    """Whose money it is and what it is for, all locked: proformas, each with the most that it may get."""

    customer_id: int
    parts: tuple[tuple[Document, int], ...]
    attempt: PaymentAttempt | None


def settle(receipt: Receipt) -> Settlement:
    """Record money once: as a payment, given to what it is for, or parked where it does not fit.

    In one transaction: payment, allocations, ledger, and for each proforma on which nothing is left to pay its state,
    the invoice (or the reason why there is none yet) and `ProformaPaid`. Too little leaves the rest to pay; what is
    too much is the customer's balance. The same external id again changes nothing, but that money which was parked,
    and of which a later report fits, is settled as long as nobody has dealt with it. Raises NotFound for a proforma
    that does not exist in this scope.
    """
    with unit_of_work():
        aim = _locked_aim(receipt)
        earlier = _earlier_payment(receipt)
        if earlier is not None:
            return Settlement(Outcome.REPEATED, earlier.public_id)
        waiting = parking.locked(receipt.account_id, receipt.external_id)
        misfit = _misfit(receipt, aim)
        if waiting is not None and (misfit is not None or waiting.state is not ParkedState.OPEN):
            return Settlement(Outcome.REPEATED, waiting.public_id)
        if misfit is not None:
            leave_to_staff(aim.attempt)
            return _park(receipt, aim, misfit)
        payment = _record(receipt, aim)
        if waiting is not None:
            parking.close(waiting, _("A later report fitted: it was settled as %(id)s.", id=payment.public_id))
        for proforma, _most in aim.parts:
            placing.conclude(proforma)
        receiving.ask_for(payment)
        return Settlement(Outcome.SETTLED, payment.public_id)


def take_parked(public_id: str) -> Settlement:
    """Record parked money whose owner is known as that customer's: it becomes balance, and is parked no more.

    Raises NotFound, Conflict where somebody dealt with it already or where owner, amount or currency is not known.
    """
    with unit_of_work():
        found = repos.parked(public_id)
        if found is None:
            raise NotFound(_("This parked payment does not exist."))
        if found.customer_id is None or found.amount_minor is None or found.currency is None:
            raise Conflict(_("It is not known whose money this is, or how much."))
        locking.lock_one(Customer, found.customer_id)
        row = parking.still_open(public_id)
        receipt = _receipt_of(row, found.amount_minor, found.currency)
        payment = _record(receipt, _Aim(found.customer_id, (), None))
        parking.close(row, _("It became the customer's balance, as %(id)s.", id=payment.public_id))
        receiving.ask_for(payment)
        return Settlement(Outcome.SETTLED, payment.public_id)


def _receipt_of(row: ParkedPayment, amount_minor: int, currency: str) -> Receipt:
    day = row.facts.get("received_on")
    return Receipt(
        proforma_id=None,
        method=PaymentMethod(row.facts.get("method", PaymentMethod.CARD.value)),
        amount_minor=amount_minor,
        currency=currency,
        received_on=date.fromisoformat(day) if day else clock.local_date(row.created_at),
        reference=row.facts.get("reference") or row.external_id or "",
        account_id=row.account_id,
        external_id=row.external_id,
        customer_id=row.customer_id,
        recorded_by=current_principal().user_id,
    )


def leave_to_staff(attempt: PaymentAttempt | None) -> None:
    """Note on a locked attempt, where it is open, that its money came otherwise than agreed."""
    if attempt is not None and attempt.state in OPEN_ATTEMPTS:
        attempt.state = AttemptState.UNKNOWN


def _locked_aim(receipt: Receipt) -> _Aim:
    if receipt.attempt_id is not None:
        return _aim_of_attempt(receipt.attempt_id)
    shares = receipt.shares
    if not shares and receipt.proforma_id is not None:
        shares = (Share(receipt.proforma_id, receipt.amount_minor),)
    if not shares:
        assert receipt.customer_id is not None
        if locking.lock_one(Customer, receipt.customer_id) is None:
            raise NotFound(_("This customer does not exist."))
        return _Aim(receipt.customer_id, (), None)
    found = [asking.found(share.proforma_id) for share in shares]
    known = [row for row in found if row is not None]
    owners = {row.customer_id for row in known}
    if len(known) != len(shares) or len(owners) != 1:
        raise NotFound(_("This proforma does not exist."))
    [customer_id] = owners
    locking.lock_one(Customer, customer_id)
    by_id = {row.id: row for row in locking.lock(Document, [row.id for row in known])}
    parts = tuple((by_id[row.id], share.amount_minor) for row, share in zip(known, shares, strict=True))
    return _Aim(customer_id, parts, None)


def _aim_of_attempt(attempt_id: str) -> _Aim:
    found = repos.attempt_with_shares(attempt_id)
    if found is None:
        raise NotFound(_("This payment attempt does not exist."))
    attempt, shares = found
    locking.lock_one(Customer, attempt.customer_id)
    proformas = locking.lock(Document, shares) if shares else []
    parts = tuple((proforma, shares[proforma.id]) for proforma in proformas)
    return _Aim(attempt.customer_id, parts, locking.lock_one(PaymentAttempt, attempt.id))


def _earlier_payment(receipt: Receipt) -> Payment | None:
    if receipt.account_id is None or receipt.external_id is None:
        return None
    return repos.payment_by_external_id(receipt.account_id, receipt.external_id)


def _misfit(receipt: Receipt, aim: _Aim) -> parking.Reason | None:
    """Return why money is for a human to decide about: nothing waits for it, or it is not what was asked for."""
    proformas = [proforma for proforma, _most in aim.parts]
    if proformas and all(proforma.state is DocumentState.PAID for proforma in proformas):
        return parking.Reason.ALREADY_PAID
    if proformas and all(proforma.state is not DocumentState.OPEN for proforma in proformas):
        return parking.Reason.NOT_OPEN
    if any(proforma.currency != receipt.currency for proforma in proformas):
        return parking.Reason.CURRENCY
    if aim.attempt is not None and aim.attempt.currency != receipt.currency:
        return parking.Reason.CURRENCY
    if aim.attempt is not None and aim.attempt.amount_minor != receipt.amount_minor:
        return parking.Reason.AMOUNT
    return None


def _park(receipt: Receipt, aim: _Aim, reason: parking.Reason) -> Settlement:
    first = next((proforma for proforma, _most in aim.parts), None)
    public_id = parking.park(
        parking.Facts(
            reason=reason,
            account_id=receipt.account_id,
            external_id=receipt.external_id,
            customer_id=aim.customer_id,
            attempt_id=receipt.attempt_id,
            amount_minor=receipt.amount_minor,
            currency=receipt.currency,
            details={
                **({} if first is None else {"proforma": first.number_text, "proforma_id": first.public_id}),
                "method": receipt.method.value,
                "received_on": receipt.received_on.isoformat(),
                "reference": receipt.reference,
            },
        )
    )
    return Settlement(Outcome.PARKED, public_id)


def _record(receipt: Receipt, aim: _Aim) -> Payment:
    payment = _new_payment(receipt, aim)
    session().add(payment)
    session().flush()
    rest = receipt.amount_minor
    for proforma, most in aim.parts:
        amount = min(most, rest, placing.left_of(proforma)) if proforma.state is DocumentState.OPEN else 0
        if amount > 0:
            source = repos.Source(payment.id, None, rest)
            placing.give(source, proforma, amount, receipt.received_on, from_balance=False)
            rest -= amount
    keeping.add(types.RECEIVED, receipt.received_on, receipt.amount_minor, receipt.currency)
    ledger.enter(
        LedgerKind.PAYMENT,
        payment.public_id,
        aim.customer_id,
        -receipt.amount_minor,
        receipt.currency,
        receipt.received_on,
    )
    if aim.attempt is not None:
        aim.attempt.state = AttemptState.SUCCEEDED
        aim.attempt.decided_at = clock.now()
    session().flush()
    _note(payment, [proforma for proforma, _most in aim.parts], rest)
    return payment


def _new_payment(receipt: Receipt, aim: _Aim) -> Payment:
    return Payment(
        customer_id=aim.customer_id,
        method=receipt.method,
        account_id=receipt.account_id,
        attempt_id=None if aim.attempt is None else aim.attempt.id,
        external_id=receipt.external_id,
        amount_minor=receipt.amount_minor,
        currency=receipt.currency,
        received_on=receipt.received_on,
        reference=receipt.reference,
        recorded_by=receipt.recorded_by,
        created_at=clock.now(),
    )


def _note(payment: Payment, proformas: Sequence[Document], rest: int) -> None:
    changes: dict[str, list[object]] = {"amount_minor": [None, payment.amount_minor]}
    if proformas:
        changes["proforma"] = [None, ", ".join(proforma.number_text for proforma in proformas)]
    if rest > 0:
        changes["to_balance_minor"] = [None, rest]
    recording.record(
        "payment.settled",
        subject=("payment", payment.public_id),
        customer_id=payment.customer_id,
        changes=changes,
    )
