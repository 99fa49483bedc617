"""What providers report, in a form that can be kept: versioned, so that a later release still reads an
older row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from praho.sdk import texts
from praho.sdk.dto import PaymentState, PaymentStatus
from praho.sdk.money import Money

PAYMENT_CHANGED = "payment_changed"
VERSION = 1


class UnknownEvent(ValueError):
    """A kept event of a type or version that this release does not read."""


@dataclass(frozen=True, slots=True)
class PaymentChanged:
    """The provider says how a payment stands. Repeats, and reports that overtake each other, are normal.

    `external_id` is the provider's id of the report itself, the same in each repeat of it; `occurred_at` is
    in UTC.
    """

    external_id: str
    occurred_at: datetime
    payment: PaymentStatus


def encode(event: PaymentChanged) -> dict[str, Any]:
    """Return the event as JSON values; the words for a failure stay translatable."""
    payment = event.payment
    return {
        "type": PAYMENT_CHANGED,
        "version": VERSION,
        "external_id": event.external_id,
        "occurred_at": event.occurred_at.isoformat(),
        "payment": {
            "key": payment.key,
            "external_id": payment.external_id,
            "state": payment.state.value,
            "amount": payment.amount.minor,
            "currency": payment.amount.currency,
            "account_reference": payment.account_reference,
            "changed_at": payment.changed_at.isoformat(),
            "failure": None if payment.failure is None else texts.encode(payment.failure),
        },
    }


def decode(kept: Mapping[str, Any]) -> PaymentChanged:
    """Return the event that `encode` wrote; raise `UnknownEvent` for another type or version."""
    if (kept.get("type"), kept.get("version")) != (PAYMENT_CHANGED, VERSION):
        raise UnknownEvent(f"no event of this release: {kept.get('type')!r}, version {kept.get('version')!r}")
    payment = kept["payment"]
    return PaymentChanged(
        external_id=kept["external_id"],
        occurred_at=datetime.fromisoformat(kept["occurred_at"]),
        payment=PaymentStatus(
            key=payment["key"],
            external_id=payment["external_id"],
            state=PaymentState(payment["state"]),
            amount=Money(payment["amount"], payment["currency"]),
            account_reference=payment["account_reference"],
            changed_at=datetime.fromisoformat(payment["changed_at"]),
            failure=None if payment["failure"] is None else texts.decode(payment["failure"]),
        ),
    )
