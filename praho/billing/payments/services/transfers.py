"""Bank transfers and cash that staff record by hand; they go through the same door as every payment."""

from dataclasses import dataclass
from datetime import date

from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens
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
    """Settle a proforma by a transfer, or park the money where it does not fit; once for each form.

    Raises Invalid for an amount that is not positive or a day that has not come, NotFound for no such proforma.
    """
    if transfer.amount_minor <= 0:
        raise Invalid(_("The amount must be greater than zero."), fields={"amount": _("Must be greater than zero.")})
    if transfer.received_on > clock.today():
        raise Invalid(
            _("The money cannot have arrived in the future."), fields={"received_on": _("This day has not come yet.")}
        )
    with unit_of_work():
        result = form_tokens.once(form_token, "payments.record_transfer", lambda: _settle(proforma_id, transfer))
        outcome, public_id = result.split(" ")
        return settlement.Settlement(settlement.Outcome(outcome), public_id)


def _settle(proforma_id: str, transfer: Transfer) -> str:
    settled = settlement.settle(
        settlement.Receipt(
            proforma_id=proforma_id,
            method=transfer.method,
            amount_minor=transfer.amount_minor,
            currency=transfer.currency,
            received_on=transfer.received_on,
            reference=transfer.reference,
            recorded_by=current_principal().user_id,
        )
    )
    return f"{settled.outcome.value} {settled.public_id}"
