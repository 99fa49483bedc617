"""Receipts for payments (chitanțe): numbered in a series of their own, frozen when issued, printed once.

For cash by default, for every payment where the setting says so. A receipt that cannot be issued keeps no money back:
staff issue it later from the list of payments.
"""

import hashlib
from collections.abc import Sequence

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents.services import announcing, looking, numbering, parties
from praho.billing.documents.services.archiving import StoredFile
from praho.billing.events import ISSUE_RECEIPT, PaymentWork
from praho.billing.payments import repos
from praho.billing.payments.pdf import receipt_content, typesetting
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.errors import NotFound
from praho.core.formatting import amount
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.jobs.queueing import enqueue
from praho.core.money import Money
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.customers.services import profiles
from praho.models.billing.documents import Document, DocumentKind, SeriesKind
from praho.models.billing.payments import Payment, PaymentMethod
from praho.models.billing.receipts import PaymentReceipt, ReceiptFile
from praho.models.customers import Customer
from praho.notifications.services import sending
from praho.settings.services import values

WANTED = "payments.receipts"
NONE, CASH, ALL = "none", "cash", "all"
ATTACHMENT = "receipt_pdf"
FIELDS = (
    SettingField(
        WANTED,
        lazy_gettext("Receipts"),
        SettingKind.CHOICE,
        CASH,
        "billing",
        lazy_gettext("They need a number series of their own. The customer gets each by e-mail."),
        choices=(
            (CASH, lazy_gettext("For cash")),
            (ALL, lazy_gettext("For every payment")),
            (NONE, lazy_gettext("For none")),
        ),
    ),
)


def ask_for(payment: Payment) -> None:
    """Have a receipt issued for a payment, where one is wanted. Needs a unit of work."""
    if is_wanted(payment.method):
        enqueue(ISSUE_RECEIPT, PaymentWork(payment.public_id), occasion=payment.public_id)


def is_wanted(method: PaymentMethod) -> bool:
    """Return whether a payment made like this gets a receipt."""
    wanted = values.text(WANTED)
    return wanted == ALL or (wanted == CASH and method is PaymentMethod.CASH)


def issue_where_possible(payment_id: str) -> str | None:
    """Issue the receipt of a payment; None where the set-up does not let it be issued yet."""
    try:
        return issue(payment_id)
    except errors.InvoicingRefused:
        return None


def issue(payment_id: str) -> str:
    """Issue the receipt of a payment, dated today, and tell the customer; return its public id, also of an earlier one.

    Raises NotFound, `InvoicingRefused` where company data or the series is missing.
    """
    with unit_of_work():
        payment = repos.payment(payment_id)
        if payment is None:
            raise NotFound(_("This payment does not exist."))
        locking.lock_one(Customer, payment.customer_id)
        earlier = repos.receipt_of(payment.id)
        if earlier is not None:
            return earlier.public_id
        row = _new_receipt(payment)
        session().add(row)
        session().flush()
        recording.record(
            "receipt.issued",
            subject=("receipt", row.public_id),
            customer_id=row.customer_id,
            changes={"number": [None, row.number_text], "amount_minor": [None, row.amount_minor]},
        )
        _announce(row)
        return row.public_id


def pdf(public_id: str) -> StoredFile:
    """Return the PDF of a receipt of the scope, making and keeping it where there is none yet; raises NotFound."""
    row = repos.receipt(public_id)
    if row is None:
        raise NotFound(_("This receipt does not exist."))
    found = repos.receipt_file(row.id)
    if found is not None:
        return StoredFile(found.filename, found.content, found.sha256)
    session().close()
    with entered(SystemScope("print a receipt")):
        content = typesetting.receipt(row.snapshot, row.issue_date, looking.look())
        return _keep(row, content)


def pdf_of(public_id: str) -> StoredFile:
    """Return the PDF of a receipt for a mail; who may see it was checked."""
    with entered(SystemScope("print a receipt")):
        return pdf(public_id)


def _keep(row: PaymentReceipt, content: bytes) -> StoredFile:
    with unit_of_work():
        locking.lock_one(Customer, row.customer_id)
        kept = repos.receipt_file(row.id)
        if kept is None:
            kept = ReceiptFile(
                customer_id=row.customer_id,
                receipt_id=row.id,
                filename=f"{row.number_text}.pdf",
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                created_at=clock.now(),
            )
            session().add(kept)
            session().flush()
        return StoredFile(kept.filename, kept.content, kept.sha256)


def _new_receipt(payment: Payment) -> PaymentReceipt:
    today = clock.today()
    profile = profiles.billing_profile(payment.customer_id)
    seller, buyer = parties.seller(), parties.buyer(payment.customer_id)
    purposes = _purposes(repos.documents_by_payment([payment.id]).get(payment.id, []))
    number = numbering.take(SeriesKind.RECEIPT, today)
    facts = receipt_content.Facts(
        number.text,
        today,
        payment.received_on,
        Money(payment.amount_minor, payment.currency),
        payment.method,
        payment.reference,
        seller,
        buyer,
        purposes,
    )
    return PaymentReceipt(
        customer_id=payment.customer_id,
        payment_id=payment.id,
        series_id=number.series_id,
        number=number.number,
        number_text=number.text,
        issue_date=today,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        locale=profile.locale,
        snapshot=receipt_content.of(facts, profile.locale),
        created_at=clock.now(),
    )


def _purposes(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the numbers of what a payment was for: of a proforma that was invoiced the invoice's."""
    followed = repos.invoices_of([row.id for row in documents if row.kind is DocumentKind.PROFORMA])
    return tuple(followed.get(row.id, row.number_text) for row in documents)


def _announce(row: PaymentReceipt) -> None:
    facts = {"number": row.number_text, "customer": profiles.billing_profile(row.customer_id).public_id}
    for recipient in registry().audience(announcing.BILLING_CONTACTS, row.customer_id):
        sending.send(
            "billing/receipt_issued",
            f"receipt:{row.public_id}:{recipient.email}",
            recipient,
            {**facts, "total": amount(Money(row.amount_minor, row.currency), recipient.locale)},
            customer_id=row.customer_id,
            attachments=((ATTACHMENT, row.public_id),),
        )
