"""The fiscal invoice of a paid proforma: its lines and amounts copied, its date and number of today."""

from dataclasses import replace

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos, snapshot, snapshot_json
from praho.billing.documents.services import numbering, parties, storing
from praho.billing.events import ASK_VIES, DocumentWork
from praho.billing.tax.services import deciding, exchange_rates
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import PrahoError
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.models.billing.documents import Document, DocumentKind, DocumentLine


def issue_for(proforma: Document, lines: list[DocumentLine], payments: tuple[snapshot.PaymentFact, ...]) -> Document:
    """Issue the invoice of a locked, paid proforma; returns the existing one where there is one.

    The tax point is the day the money came, for the payment of an advance makes the VAT chargeable (Legea
    227/2015 art. 282 (2) b); the issue date is today. Amounts are copied, never recomputed. The series is
    locked last. Raises a PrahoError where the law or the set-up does not let the invoice be issued.
    """
    existing = repos.invoice_of(proforma.id)
    if existing is not None:
        return existing
    today = clock.today()
    tax_point = min((payment.paid_on for payment in payments), default=today)
    asked = snapshot_json.from_json(proforma.snapshot)
    assert asked.tax is not None
    document = replace(
        asked,
        tax=deciding.confirm(asked.tax, tax_point),
        exchange=exchange_rates.for_document(asked.currency, tax_point),
        kind=DocumentKind.INVOICE,
        issue_date=today,
        due_date=today,
        tax_point=tax_point,
        seller=parties.seller(),
        references=(snapshot.Reference(snapshot.ReferenceKind.PROFORMA, proforma.number_text, proforma.issue_date),),
        payments=payments,
    )
    number = numbering.take(DocumentKind.INVOICE, today)
    row = storing.store(
        replace(document, series=number.series, number=number.text),
        customer_id=proforma.customer_id,
        number=number,
        subject=_subject(proforma),
        line_subjects=[
            (line.subject_kind, line.subject_id) if line.subject_kind and line.subject_id else None for line in lines
        ],
        source_id=proforma.id,
    )
    recording.record(
        "invoice.issued",
        subject=("document", row.public_id),
        customer_id=row.customer_id,
        changes={"number": [None, row.number_text], "proforma": [None, proforma.number_text]},
    )
    return row


def issue_in_savepoint(
    proforma: Document, lines: list[DocumentLine], payments: tuple[snapshot.PaymentFact, ...]
) -> Document | None:
    """Issue the invoice, or note on the paid proforma why it cannot be issued yet and return None.

    The money that was settled around this call stays recorded either way.
    """
    try:
        with unit_of_work():
            invoice = issue_for(proforma, lines, payments)
    except errors.AwaitingVies as refusal:
        enqueue(ASK_VIES, DocumentWork(proforma.public_id), occasion=new_public_id("vie"))
        proforma.refusal = str(refusal)
        return None
    except PrahoError as refusal:
        proforma.refusal = str(refusal)
        return None
    proforma.refusal = None
    return invoice


def _subject(proforma: Document) -> tuple[str, str] | None:
    if proforma.subject_kind is None or proforma.subject_id is None:
        return None
    return proforma.subject_kind, proforma.subject_id
