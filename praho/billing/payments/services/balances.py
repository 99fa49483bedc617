"""The customer's balance: money and credit notes that settle nothing yet, by currency, and using it.

Everything here that moves money holds the customer's row: the same money is never used twice.
"""

from collections.abc import Sequence
from datetime import date

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents.services import asking
from praho.billing.payments import repos
from praho.billing.payments.services import ledger, placing
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.formatting import amount as written
from praho.core.i18n import current_locale, lazy_gettext
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.core.web import form_tokens
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import LedgerKind, PaymentAllocation, Refund
from praho.models.customers import Customer

AUTOMATIC = "payments.use_balance"
FIELDS = (
    SettingField(
        AUTOMATIC,
        lazy_gettext("Pay new proformas from the balance by itself"),
        SettingKind.BOOLEAN,
        False,
        "billing",
        lazy_gettext("Otherwise the customer, or you, decides what the balance is used for."),
    ),
)


def of(customer_id: int) -> tuple[Money, ...]:
    """Return what a customer may use, one amount for each currency in which there is something. One query."""
    return tuple(Money(minor, currency) for _id, currency, minor in repos.free_of([customer_id]))


def in_currency(customer_id: int, currency: str) -> Money:
    """Return what a customer may use in one currency. One query."""
    return next((money for money in of(customer_id) if money.currency == currency), Money(0, currency))


def pay(proforma_ids: Sequence[str], *, form_token: str) -> Money:
    """Use the balance for open proformas of the scope, in this order, as far as it goes; once for each form.

    An invoice stands for the proforma through which it is paid. Return what was used. Raises NotFound for one that the
    scope at hand does not hold, `NotPayable` for one that does not wait for money, or where the balance in its
    currency is empty.
    """
    if not proforma_ids or any(asking.found(proforma_id) is None for proforma_id in proforma_ids):
        raise NotFound(_("This proforma does not exist."))
    session().close()
    with entered(SystemScope("pay from the balance")), unit_of_work():
        result = form_tokens.once(form_token, "billing.pay_from_balance", lambda: str(_used(proforma_ids)))
        minor, currency = result.split(" ")
        return Money(int(minor), currency)


def use_for_new(proforma_id: str) -> bool:
    """Use the balance for a proforma that was just issued, where nobody has begun to pay it; return whether it did."""
    with unit_of_work():
        proforma = _locked([proforma_id])[0]
        under_way = repos.open_attempt([proforma.id]) is not None
        if under_way or proforma.state is not DocumentState.OPEN or placing.left_of(proforma) == 0:
            return False
        return _use(proforma) > 0


def refund(customer_id: int, amount: Money, refunded_on: date, reference: str, *, form_token: str) -> str:
    """Record that a part of the balance was sent back; once for each form. Return the refund's public id.

    Raises Invalid for more than the balance, an amount that is not positive, or a day that has not come.
    """
    if not amount.is_positive:
        raise Invalid(_("The amount must be greater than zero."), fields={"amount": _("Must be greater than zero.")})
    if refunded_on > clock.today():
        raise Invalid(_("This day has not come yet."), fields={"received_on": _("This day has not come yet.")})
    with unit_of_work():
        return form_tokens.once(
            form_token, "billing.refund", lambda: _refunded(customer_id, amount, refunded_on, reference).public_id
        )


def _used(proforma_ids: Sequence[str]) -> str:
    total, currency = 0, ""
    for proforma in _locked(proforma_ids):
        if proforma.state is not DocumentState.OPEN or placing.left_of(proforma) == 0:
            raise errors.NotPayable(_("This proforma is not waiting for a payment."))
        if currency not in ("", proforma.currency):
            raise errors.NotPayable(_("Proformas in different currencies are paid one currency at a time."))
        currency = proforma.currency
        total += _use(proforma)
    if total == 0:
        raise errors.NotPayable(_("There is nothing on the balance in this currency."))
    return f"{total} {currency}"


def _use(proforma: Document) -> int:
    """Give the oldest free money to a locked proforma until nothing is left to pay or nothing free; return how much."""
    used = 0
    for source in repos.free_sources(proforma.customer_id, proforma.currency):
        amount = min(source.free_minor, placing.left_of(proforma))
        if amount == 0:
            break
        placing.give(source, proforma, amount, clock.today(), from_balance=True)
        used += amount
    session().flush()
    if used > 0:
        recording.record(
            "balance.used",
            subject=("document", proforma.public_id),
            customer_id=proforma.customer_id,
            changes={"amount_minor": [None, used], "proforma": [None, proforma.number_text]},
        )
        placing.conclude(proforma)
    return used


def _refunded(customer_id: int, amount: Money, refunded_on: date, reference: str) -> Refund:
    if locking.lock_one(Customer, customer_id) is None:
        raise NotFound(_("This customer does not exist."))
    sources = repos.free_sources(customer_id, amount.currency)
    free = sum(source.free_minor for source in sources)
    if amount.minor > free:
        text = _("The balance holds %(amount)s.", amount=written(Money(free, amount.currency), current_locale()))
        raise Invalid(text, fields={"amount": text})
    row = Refund(
        customer_id=customer_id,
        amount_minor=amount.minor,
        currency=amount.currency,
        refunded_on=refunded_on,
        reference=reference,
        recorded_by=current_principal().user_id,
        created_at=clock.now(),
    )
    session().add(row)
    session().flush()
    _take(row, sources)
    ledger.enter(LedgerKind.REFUND, row.public_id, customer_id, amount.minor, amount.currency, refunded_on)
    recording.record(
        "balance.refunded",
        subject=("refund", row.public_id),
        customer_id=customer_id,
        changes={"amount_minor": [None, amount.minor], "currency": [None, amount.currency]},
    )
    return row


def _take(row: Refund, sources: Sequence[repos.Source]) -> None:
    rest = row.amount_minor
    for source in sources:
        amount = min(rest, source.free_minor)
        if amount == 0:
            break
        session().add(
            PaymentAllocation(
                customer_id=row.customer_id,
                payment_id=source.payment_id,
                credit_note_id=source.credit_note_id,
                refund_id=row.id,
                amount_minor=amount,
                from_balance=True,
                counted_on=row.refunded_on,
                created_at=row.created_at,
            )
        )
        rest -= amount
    assert rest == 0


def _locked(proforma_ids: Sequence[str]) -> list[Document]:
    """Lock the proformas through which documents are paid, with their customer; return them in the order given."""
    found = [asking.found(proforma_id) for proforma_id in proforma_ids]
    known = {row.id: row.customer_id for row in found if row is not None}
    owners = set(known.values())
    if None in found or len(owners) != 1:
        raise NotFound(_("This proforma does not exist."))
    locking.lock_one(Customer, owners.pop())
    rows = {row.id: row for row in locking.lock(Document, known)}
    return [rows[row_id] for row_id in known]
