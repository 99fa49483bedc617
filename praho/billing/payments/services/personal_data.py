"""What becomes of payments when who paid asks to be forgotten: the books are kept, what surrounded them goes."""

from praho.billing.documents.services import retention
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, Ground, keep, nothing, of_customer, pseudonymise, wiped
from praho.models.billing.payments import (
    LedgerEntry,
    LedgerFinding,
    ParkedPayment,
    Payment,
    PaymentAllocation,
    PaymentAttempt,
    PaymentAttemptShare,
    Refund,
    WriteOff,
)
from praho.models.billing.receipts import PaymentReceipt, ReceiptFile

BOOKS = _("Payments, receipts and the account")
TRIES = _("Tries to pay: pages of the payment provider, notes about them")


def _language_alone(_whom: Forgotten) -> dict[str, object]:
    # What a late report of the provider still needs.
    return {"locale": "ro"}


def _nothing_said(_whom: Forgotten) -> dict[str, object]:
    return {}


RULES = (
    pseudonymise(
        PaymentAttempt,
        TRIES,
        of_customer(PaymentAttempt),
        {"url": wiped, "reason": wiped, "staff_note": wiped, "request": _language_alone},
    ),
    pseudonymise(
        ParkedPayment,
        TRIES,
        of_customer(ParkedPayment),
        {"facts": _nothing_said, "resolution": wiped},
        plain=("external_id", "attempt_public_id", "reason"),
    ),
    keep(
        Payment,
        BOOKS,
        of_customer(Payment),
        Ground.ACCOUNTING,
        columns=("reference",),
        plain=("external_id", "received_on"),
        until=retention.until,
    ),
    keep(
        Refund,
        BOOKS,
        of_customer(Refund),
        Ground.ACCOUNTING,
        columns=("reference",),
        plain=("refunded_on",),
        until=retention.until,
    ),
    keep(
        PaymentAllocation,
        BOOKS,
        of_customer(PaymentAllocation),
        Ground.ACCOUNTING,
        plain=("counted_on",),
        until=retention.until,
    ),
    keep(
        WriteOff,
        BOOKS,
        of_customer(WriteOff),
        Ground.ACCOUNTING,
        columns=("reason", "undone_reason"),
        until=retention.until,
    ),
    keep(
        LedgerEntry,
        BOOKS,
        of_customer(LedgerEntry),
        Ground.ACCOUNTING,
        plain=("reference", "booked_on"),
        until=retention.until,
    ),
    keep(
        PaymentReceipt,
        BOOKS,
        of_customer(PaymentReceipt),
        Ground.ACCOUNTING,
        columns=("snapshot",),
        plain=("number_text", "issue_date"),
        until=retention.until,
    ),
    keep(
        ReceiptFile,
        BOOKS,
        of_customer(ReceiptFile),
        Ground.ACCOUNTING,
        columns=("content",),
        plain=("filename", "sha256"),
        until=retention.until,
    ),
    *nothing(PaymentAttemptShare, LedgerFinding),
)
