"""What billing tells the floors above, and the work that it gives to its own jobs."""

from dataclasses import dataclass
from datetime import timedelta

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class ProformaPaid:
    """A proforma was settled in full. `subject` names what asked for it, such as an order.

    Subscribers only insert jobs: nothing downstream may undo a payment.
    """

    customer_id: int
    proforma_id: str
    subject_kind: str | None
    subject_id: str | None


@dataclass(frozen=True, slots=True)
class ProformaEnded:
    """A proforma was cancelled or has lapsed without being paid."""

    customer_id: int
    proforma_id: str
    subject_kind: str | None
    subject_id: str | None


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A proforma or an invoice was issued and is frozen from now on."""

    customer_id: int
    document_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentWork:
    """The payload of work on one document, by its public id."""

    document_id: str


@dataclass(frozen=True, slots=True)
class AttemptWork:
    """The payload of work on one payment attempt, by its public id."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class PaymentWork:
    """The payload of work on one payment, by its public id."""

    payment_id: str


@dataclass(frozen=True, slots=True)
class SubmissionWork:
    """The payload of work on one document's way to e-Factura, by the public id of its submission."""

    submission_id: str


MAKE_PDF = JobKind("billing.make_pdf", DocumentWork, queue=Queue.DEFAULT)
MAKE_XML = JobKind("billing.make_xml", DocumentWork, queue=Queue.DEFAULT)
SEND_TO_EFACTURA = JobKind("billing.send_to_efactura", SubmissionWork, queue=Queue.DEFAULT, lease=timedelta(minutes=15))
REFRESH_EFACTURA = JobKind("billing.refresh_efactura", Tick, queue=Queue.LOW)
SEND_DUE_TO_EFACTURA = JobKind("billing.send_due_to_efactura", Tick, queue=Queue.LOW)
ANNOUNCE_DOCUMENT = JobKind("billing.announce_document", DocumentWork, queue=Queue.EMAIL)
ASK_PROVIDER = JobKind("billing.ask_provider", AttemptWork, queue=Queue.HIGH)
ASK_VIES = JobKind("billing.ask_vies", DocumentWork, queue=Queue.DEFAULT)
MOVE_FILES = JobKind("billing.move_files", Tick, queue=Queue.LOW)
FETCH_EXCHANGE_RATES = JobKind("billing.fetch_exchange_rates", Tick, queue=Queue.LOW)
ISSUE_INVOICE = JobKind("billing.issue_invoice", DocumentWork, queue=Queue.LOW)
ISSUE_MISSING_INVOICES = JobKind("billing.issue_missing_invoices", Tick, queue=Queue.LOW)
ISSUE_RECEIPT = JobKind("billing.issue_receipt", PaymentWork, queue=Queue.DEFAULT)
USE_BALANCE = JobKind("billing.use_balance", DocumentWork, queue=Queue.DEFAULT)
CHECK_LEDGER = JobKind("billing.check_ledger", Tick, queue=Queue.LOW)
RECONCILE_ATTEMPTS = JobKind("billing.reconcile_attempts", Tick, queue=Queue.HIGH)
