"""Writing a complete snapshot as an issued document: from here on nothing of it changes."""

from collections.abc import Sequence

from praho.billing import types
from praho.billing.documents import pricing, snapshot, snapshot_json
from praho.billing.documents.services.numbering import Number
from praho.billing.events import ANNOUNCE_DOCUMENT, MAKE_PDF, MAKE_XML, DocumentIssued, DocumentWork
from praho.billing.tax.services import records
from praho.core import clock, events
from praho.core.db.uow import require_unit_of_work
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.core.tallies import keeping
from praho.core.text import search_document
from praho.models.billing.advances import Advance
from praho.models.billing.documents import (
    Document,
    DocumentKind,
    DocumentLine,
    DocumentState,
    DocumentTax,
)

_PREFIX = {DocumentKind.PROFORMA: "pro", DocumentKind.INVOICE: "inv", DocumentKind.CREDIT_NOTE: "crn"}

Subject = tuple[str, str] | None


def store(
    document: snapshot.DocumentSnapshot,
    *,
    customer_id: int,
    number: Number | int,
    subject: Subject,
    line_subjects: Sequence[Subject],
    source_id: int | None = None,
) -> Document:
    """Insert the rows of an issued document, tell the floors above, and have its files made.

    Raises `InconsistentDocument` where the snapshot's amounts do not follow from its lines.
    """
    pricing.require_consistent(document)
    session = require_unit_of_work().session
    row = _row(document, customer_id, number, subject, source_id)
    session.add(row)
    session.flush()
    session.add_all(
        _line(row, line, line_subject) for line, line_subject in zip(document.lines, line_subjects, strict=True)
    )
    session.add_all(_tax(row, subtotal) for subtotal in document.subtotals)
    session.flush()
    if document.is_advance and row.kind is DocumentKind.INVOICE:
        session.add(_advance(row))
    if document.tax is not None:
        records.keep(row, document.tax, document.tax_point)
    _count(row)
    events.publish(DocumentIssued(customer_id, row.public_id, row.kind.value))
    enqueue(MAKE_PDF, DocumentWork(row.public_id), occasion=row.public_id)
    if row.kind is not DocumentKind.PROFORMA:
        enqueue(MAKE_XML, DocumentWork(row.public_id), occasion=row.public_id)
    enqueue(ANNOUNCE_DOCUMENT, DocumentWork(row.public_id), occasion=row.public_id)
    return row


def _count(row: Document) -> None:
    if row.kind is DocumentKind.INVOICE:
        keeping.add(types.INVOICED, row.issue_date, row.total_minor, row.currency)
    elif row.kind is DocumentKind.CREDIT_NOTE:
        keeping.add(types.INVOICED, row.issue_date, -abs(row.total_minor), row.currency, count=0)


def _row(
    document: snapshot.DocumentSnapshot,
    customer_id: int,
    number: Number | int,
    subject: Subject,
    source_id: int | None,
) -> Document:
    kind = document.kind
    totals = document.totals
    return Document(
        public_id=new_public_id(_PREFIX[kind]),
        customer_id=customer_id,
        kind=kind,
        state=DocumentState.OPEN if kind is DocumentKind.PROFORMA else DocumentState.ISSUED,
        series_id=number.series_id if isinstance(number, Number) else None,
        number=number.number if isinstance(number, Number) else number,
        number_text=document.number,
        issue_date=document.issue_date,
        due_date=document.due_date or document.issue_date,
        tax_point=document.tax_point,
        currency=document.currency,
        locale=document.locale,
        allowance_minor=totals.allowance_minor,
        net_minor=totals.net_minor,
        vat_minor=totals.vat_minor,
        total_minor=totals.total_minor,
        line_count=len(document.lines),
        buyer_name=document.buyer.name,
        subject_kind=subject[0] if subject else None,
        subject_id=subject[1] if subject else None,
        source_id=source_id,
        snapshot=snapshot_json.to_json(document),
        search=search_document(document.number, document.buyer.name),
        issued_at=clock.now(),
    )


def _advance(row: Document) -> Advance:
    return Advance(
        customer_id=row.customer_id,
        document_id=row.id,
        net_minor=row.net_minor,
        vat_minor=row.vat_minor,
        created_at=row.issued_at,
    )


def _line(row: Document, line: snapshot.Line, subject: Subject) -> DocumentLine:
    return DocumentLine(
        customer_id=row.customer_id,
        document_id=row.id,
        position=line.position,
        description=line.description,
        quantity=line.quantity,
        unit_code=line.unit_code,
        unit_price_minor=line.unit_price_minor,
        discount_minor=line.discount_minor,
        net_minor=line.net_minor,
        tax_category=line.category.value,
        tax_percent=line.rate,
        period_start=line.period_start,
        period_end=line.period_end,
        subject_kind=subject[0] if subject else None,
        subject_id=subject[1] if subject else None,
        corrects_position=line.corrects,
    )


def _tax(row: Document, subtotal: types.TaxSubtotal) -> DocumentTax:
    return DocumentTax(
        customer_id=row.customer_id,
        document_id=row.id,
        category=subtotal.category.value,
        percent=subtotal.rate,
        net_minor=subtotal.net_minor,
        vat_minor=subtotal.vat_minor,
    )
