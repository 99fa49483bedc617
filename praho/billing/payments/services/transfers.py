"""Bank transfers and cash that staff record by hand; they go through the same door as every payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from praho.billing.documents.services import asking
from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.models.billing.documents import DocumentState
from praho.models.billing.payments import PaymentMethod


@dataclass(frozen=True, slots=True)
class Transfer:
    """What staff read on the bank statement; amount in minor units, `received_on` a Bucharest date."""

    amount_minor: int
    currency: str
    received_on: date
    reference: str
    method: PaymentMethod = PaymentMethod.BANK_TRANSFER


def record(proforma_id: str, transfer: Transfer, *, form_token: str) -> settlement.Settlement:
    """Record a transfer for a proforma or an invoice, or park the money where it does not fit; once for each form.

    Too little leaves the rest to pay, too much is the customer's balance. Raises Invalid for an amount that is not
    positive or a day that has not come, NotFound for no such document.
    """
    _require_possible(transfer)
    with unit_of_work():
        result = form_tokens.once(
            form_token, "payments.record_transfer", lambda: _settle(_receipt(transfer, proforma_id=proforma_id))
        )
        return _read(result)


def spread(
    customer_id: int, transfer: Transfer, shares: Sequence[settlement.Share], *, form_token: str
) -> settlement.Settlement:
    """Record a transfer of a customer, spread over what is to be paid; what is not is balance. Once for each form.

    Raises Invalid as `record` does, and for shares beyond the money, or of a proforma in another currency or one that
    does not wait for money; NotFound for a proforma that is not the customer's.
    """
    _require_possible(transfer)
    if sum(share.amount_minor for share in shares) > transfer.amount_minor:
        text = _("More is spread over the proformas than has arrived.")
        raise Invalid(text, fields={"amount": text})
    with unit_of_work():
        return _read(
            form_tokens.once(
                form_token, "payments.spread_transfer", lambda: _spread(customer_id, transfer, tuple(shares))
            )
        )


def _spread(customer_id: int, transfer: Transfer, shares: tuple[settlement.Share, ...]) -> str:
    for share in shares:
        _require_open(customer_id, share, transfer.currency)
    return _settle(_receipt(transfer, shares=shares, customer_id=customer_id))


def _require_possible(transfer: Transfer) -> None:
    if transfer.amount_minor <= 0:
        raise Invalid(_("The amount must be greater than zero."), fields={"amount": _("Must be greater than zero.")})
    if transfer.received_on > clock.today():
        raise Invalid(
            _("The money cannot have arrived in the future."), fields={"received_on": _("This day has not come yet.")}
        )


def _require_open(customer_id: int, share: settlement.Share, currency: str) -> None:
    row = asking.found(share.proforma_id)
    if row is None or row.customer_id != customer_id:
        raise NotFound(_("This proforma does not exist."))
    if row.currency != currency:
        raise Invalid(
            _(
                "%(number)s is in %(currency)s: money in another currency cannot pay it.",
                number=row.number_text,
                currency=row.currency,
            )
        )
    if row.state is not DocumentState.OPEN:
        raise Invalid(_("%(number)s does not wait for a payment any more.", number=row.number_text))
    if share.amount_minor <= 0:
        raise Invalid(_("The amount must be greater than zero."), fields={"amount": _("Must be greater than zero.")})


def _receipt(transfer: Transfer, **whose: Any) -> settlement.Receipt:
    return settlement.Receipt(
        **{"proforma_id": None, **whose},
        method=transfer.method,
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        received_on=transfer.received_on,
        reference=transfer.reference,
        recorded_by=current_principal().user_id,
    )


def _settle(receipt: settlement.Receipt) -> str:
    settled = settlement.settle(receipt)
    return f"{settled.outcome.value} {settled.public_id}"


def _read(result: str) -> settlement.Settlement:
    outcome, public_id = result.split(" ")
    return settlement.Settlement(settlement.Outcome(outcome), public_id)
