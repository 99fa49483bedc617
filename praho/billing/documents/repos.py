"""Every query about documents, their files and their series."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select, tuple_, union_all, update
from sqlalchemy.orm import defer, selectinload, with_expression

from praho.billing import types
from praho.core import clock
from praho.core.db.scope import session
from praho.core.db.search import first, matching, newest
from praho.core.web.paging import Page, page_of
from praho.models.billing.advances import Advance, AdvanceUse
from praho.models.billing.archive import ArchiveDamage, ArchiveStore
from praho.models.billing.documents import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentLine,
    DocumentState,
    FileKind,
    NumberSeries,
    SeriesKind,
)
from praho.models.billing.receipts import PaymentReceipt
from praho.models.billing.revisions import DocumentRevision

_REVISED_NAME = (
    select(DocumentRevision.buyer_name)
    .where(DocumentRevision.document_id == Document.id)
    .order_by(DocumentRevision.revision.desc())
    .limit(1)
    .correlate(Document)
    .scalar_subquery()
)
SHOWN_NAME = with_expression(Document.revised_name, _REVISED_NAME)
LISTED = (defer(Document.snapshot, raiseload=True), defer(Document.search, raiseload=True), SHOWN_NAME)
"""What lists leave unread, for the frozen content is many times the rest of the row; and the corrected name."""


def find(public_id: str) -> Document | None:
    """Return a document of the scope, or None."""
    return session().scalar(select(Document).where(Document.public_id == public_id))


def find_complete(public_id: str) -> Document | None:
    """Return a document with its lines and taxes, or None."""
    statement = select(Document).where(Document.public_id == public_id)
    return session().scalar(statement.options(selectinload(Document.lines), selectinload(Document.taxes)))


def invoice_of(proforma_id: int) -> Document | None:
    """Return the invoice that a proforma became, or None."""
    return session().scalar(
        select(Document).where(Document.source_id == proforma_id, Document.kind == DocumentKind.INVOICE)
    )


def invoices_of(proforma_ids: Sequence[int]) -> dict[int, Document]:
    """Return the invoices that some proformas became, without their content, by proforma. One query."""
    statement = select(Document).where(Document.source_id.in_(proforma_ids), Document.kind == DocumentKind.INVOICE)
    rows = session().scalars(statement.options(*LISTED))
    return {row.source_id: row for row in rows if row.source_id is not None}


def source_of(document: Document) -> Document | None:
    """Return the document that this one follows, such as an invoice's proforma."""
    return None if document.source_id is None else session().get(Document, document.source_id)


def credit_notes_of(invoice_id: int) -> list[Document]:
    """Return the credit notes of an invoice, the oldest first."""
    statement = select(Document).where(Document.source_id == invoice_id, Document.kind == DocumentKind.CREDIT_NOTE)
    return list(session().scalars(statement.order_by(Document.id)))


def advance_of(document_id: int) -> Advance | None:
    """Return what is kept of an invoice that is an advance, or None for any other document."""
    return session().scalar(select(Advance).where(Advance.document_id == document_id))


def advance_uses(advance_id: int) -> list[tuple[AdvanceUse, Document]]:
    """Return what took an advance back, with the invoices that did, the oldest first."""
    statement = select(AdvanceUse, Document).join(Document, Document.id == AdvanceUse.document_id)
    rows = session().execute(statement.where(AdvanceUse.advance_id == advance_id).order_by(AdvanceUse.id))
    return [(use, document) for use, document in rows]


def advance_invoices(customer_id: int | None, limit: int = 200) -> list[Document]:
    """Return the scope's newest advance invoices, of one customer or of all, the oldest of them first."""
    statement = select(Document).join(Advance, Advance.document_id == Document.id)
    if customer_id is not None:
        statement = statement.where(Document.customer_id == customer_id)
    statement = statement.options(SHOWN_NAME)
    return list(session().scalars(statement.order_by(Document.id.desc()).limit(limit)))[::-1]


def line_subjects(document_id: int) -> dict[int, tuple[str, str] | None]:
    """Return what each line of a document sold, by position."""
    rows = session().execute(
        select(DocumentLine.position, DocumentLine.subject_kind, DocumentLine.subject_id).where(
            DocumentLine.document_id == document_id
        )
    )
    return {position: (kind, subject) if kind and subject else None for position, kind, subject in rows}


def active_series_id(kind: DocumentKind | SeriesKind) -> int | None:
    """Return the id of the series in use for a kind, or None where none was set up."""
    return session().scalar(select(NumberSeries.id).where(NumberSeries.kind == kind, NumberSeries.active))


def all_series() -> list[NumberSeries]:
    """Return every series, the active ones first."""
    return list(session().scalars(select(NumberSeries).order_by(NumberSeries.active.desc(), NumberSeries.prefix)))


def series_by_prefix(prefix: str) -> NumberSeries | None:
    """Return a series by its prefix, or None."""
    return session().scalar(select(NumberSeries).where(NumberSeries.prefix == prefix))


def missing_numbers() -> list[tuple[str, int, int]]:
    """Return the runs of numbers that no document has, as prefix, first and last, the newest series first."""
    ends = union_all(
        select(Document.series_id, Document.number),
        select(PaymentReceipt.series_id, PaymentReceipt.number),
        select(NumberSeries.id, NumberSeries.next_number),
        select(NumberSeries.id, NumberSeries.first_number - 1),
    ).subquery()
    before = func.lag(ends.c.number).over(partition_by=ends.c.series_id, order_by=ends.c.number)
    steps = select(ends.c.series_id, ends.c.number, before.label("before")).subquery()
    rows = session().execute(
        select(NumberSeries.prefix, steps.c.before + 1, steps.c.number - 1)
        .join(NumberSeries, NumberSeries.id == steps.c.series_id)
        .where(steps.c.number > steps.c.before + 1)
        .order_by(NumberSeries.id.desc(), steps.c.number)
    )
    return [(prefix, first, last) for prefix, first, last in rows]


def numbers_out_of_order() -> list[tuple[str, int]]:
    """Return the numbers whose document is dated before the one with the number before, the newest series first."""
    before = func.lag(Document.issue_date).over(partition_by=Document.series_id, order_by=Document.number)
    documents = select(Document.series_id, Document.number, Document.issue_date, before.label("before"))
    before_it = func.lag(PaymentReceipt.issue_date).over(
        partition_by=PaymentReceipt.series_id, order_by=PaymentReceipt.number
    )
    receipts = select(PaymentReceipt.series_id, PaymentReceipt.number, PaymentReceipt.issue_date, before_it)
    steps = union_all(documents.where(Document.series_id.is_not(None)), receipts).subquery()
    rows = session().execute(
        select(NumberSeries.prefix, steps.c.number)
        .join(NumberSeries, NumberSeries.id == steps.c.series_id)
        .where(steps.c.issue_date < steps.c.before)
        .order_by(NumberSeries.id.desc(), steps.c.number)
    )
    return [(prefix, number) for prefix, number in rows]


def next_proforma_number() -> int:
    """Take a number from the proforma sequence; gaps are harmless, for a proforma is no fiscal document."""
    return int(session().execute(select(func.nextval("billing_proforma_number"))).scalar_one())


def file_of(document_id: int, kind: FileKind, revision: int) -> DocumentFile | None:
    """Return a document's file as of a revision, or None while it has not been made."""
    return session().scalar(
        select(DocumentFile).where(
            DocumentFile.document_id == document_id, DocumentFile.kind == kind, DocumentFile.revision == revision
        )
    )


def latest_file(document_id: int, kind: FileKind) -> DocumentFile | None:
    """Return a document's file as of its last revision, or None while that one has not been made."""
    latest = select(func.coalesce(func.max(DocumentRevision.revision), 0)).where(
        DocumentRevision.document_id == document_id
    )
    return session().scalar(
        select(DocumentFile).where(
            DocumentFile.document_id == document_id,
            DocumentFile.kind == kind,
            DocumentFile.revision == latest.scalar_subquery(),
        )
    )


def is_damaged(file_id: int) -> bool:
    """Tell whether a file was reported as damaged."""
    return session().scalar(select(ArchiveDamage.id).where(ArchiveDamage.file_id == file_id)) is not None


def active_store() -> ArchiveStore | None:
    """Return the store that files move to, or None where they stay in the database."""
    return session().scalar(select(ArchiveStore).where(ArchiveStore.active))


def store_of(endpoint: str, bucket: str) -> ArchiveStore | None:
    """Return the store of a bucket, or None."""
    statement = select(ArchiveStore).where(ArchiveStore.endpoint == endpoint, ArchiveStore.bucket == bucket)
    return session().scalar(statement)


def archive_counts() -> tuple[int, int, int]:
    """Return how many files are in the database, how many were moved, and how many are damaged."""
    damaged = select(func.count()).select_from(ArchiveDamage).scalar_subquery()
    row = (
        session()
        .execute(
            select(
                func.count(DocumentFile.id) - func.count(DocumentFile.store_id),
                func.count(DocumentFile.store_id),
                damaged,
            )
        )
        .one()
    )
    return int(row[0]), int(row[1]), int(row[2])


def files_here(limit: int) -> list[int]:
    """Return the ids of the oldest sound files whose bytes are in the database."""
    statement = select(DocumentFile.id).where(DocumentFile.content.is_not(None))
    statement = statement.where(DocumentFile.id.not_in(select(ArchiveDamage.file_id)))
    return list(session().scalars(statement.order_by(DocumentFile.id).limit(limit)))


def file_here(file_id: int) -> tuple[bytes, str, str] | None:
    """Return the bytes of a file in the database, their hash, and the key for them in a store; else None."""
    row = (
        session()
        .execute(
            select(
                DocumentFile.content, DocumentFile.sha256, DocumentFile.kind, Document.public_id, Document.issue_date
            )
            .join(Document, Document.id == DocumentFile.document_id)
            .where(DocumentFile.id == file_id, DocumentFile.content.is_not(None))
        )
        .one_or_none()
    )
    if row is None or row.content is None:
        return None
    return row.content, row.sha256, f"{row.issue_date.year}/{row.public_id}/{row.sha256}.{row.kind.value}"


def forget_content(file_id: int, store_id: int, object_key: str) -> int:
    """Let a file be read from a store from now on; return 1, or 0 where it was moved already."""
    moved = session().execute(
        update(DocumentFile)
        .where(DocumentFile.id == file_id, DocumentFile.content.is_not(None))
        .values(content=None, store_id=store_id, object_key=object_key)
        .returning(DocumentFile.id)
        .execution_options(synchronize_session=False)
    )
    return len(list(moved))


def kinds_of_files(document_id: int, revision: int) -> set[FileKind]:
    """Return which files of a revision of a document there are, without reading them."""
    statement = select(DocumentFile.kind).where(
        DocumentFile.document_id == document_id, DocumentFile.revision == revision
    )
    return set(session().scalars(statement))


def files_before(document_id: int, revision: int) -> list[tuple[int, FileKind]]:
    """Return which files there are of the revisions of a document before one, the oldest first, unread."""
    statement = select(DocumentFile.revision, DocumentFile.kind).where(
        DocumentFile.document_id == document_id, DocumentFile.revision < revision
    )
    rows = session().execute(statement.order_by(DocumentFile.revision, DocumentFile.kind))
    return [(number, kind) for number, kind in rows]


def fiscal_of(subjects: Iterable[tuple[str, str]], limit: int) -> list[Document]:
    """Return the invoices and credit notes of the scope with a line for one of the subjects, the newest first."""
    sold = select(DocumentLine.document_id).where(
        tuple_(DocumentLine.subject_kind, DocumentLine.subject_id).in_(list(subjects))
    )
    statement = select(Document).options(*LISTED)
    statement = statement.where(Document.id.in_(sold), Document.kind != DocumentKind.PROFORMA)
    return list(session().scalars(statement.order_by(Document.id.desc()).limit(limit)))


def _filtered(wanted: types.DocumentFilter) -> Select[Document]:
    """Return the scope's documents that a filter leaves but for its search; the rows come without their content."""
    statement = select(Document).options(*LISTED)
    if wanted.kind is not None:
        statement = statement.where(Document.kind == wanted.kind)
    if wanted.state is not None:
        statement = statement.where(Document.state == wanted.state)
    if wanted.since is not None:
        statement = statement.where(Document.issue_date >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(Document.issue_date <= wanted.until)
    if wanted.overdue:
        statement = statement.where(
            Document.kind == DocumentKind.PROFORMA,
            Document.state == DocumentState.OPEN,
            Document.due_date < clock.today(),
        )
    return statement


def listed(wanted: types.DocumentFilter, cursor: str | None, *, oldest: bool = False) -> Page[Document]:
    """Return a page of the documents that a filter leaves, the newest first, or the oldest."""
    named = matching(Document.search, wanted.search)
    return page_of(_filtered(wanted), [Document.id], cursor, descending=not oldest, matching=named)


def having_file(document_ids: Iterable[int], kind: FileKind) -> set[int]:
    """Return which of some documents have a file of a kind."""
    statement = select(DocumentFile.document_id).where(
        DocumentFile.document_id.in_(list(document_ids)), DocumentFile.kind == kind
    )
    return set(session().scalars(statement))


def chosen(wanted: types.DocumentFilter, limit: int) -> list[Document]:
    """Return the documents that a filter leaves, the oldest first."""
    statement, named = _filtered(wanted), matching(Document.search, wanted.search)
    if named is None:
        return list(session().scalars(statement.order_by(Document.id).limit(limit)))
    return list(session().scalars(first(statement, named, [Document.id], limit, descending=False)))


def of_customer(customer_id: int, limit: int) -> list[Document]:
    """Return a customer's newest documents."""
    statement = select(Document).options(*LISTED).where(Document.customer_id == customer_id)
    return list(session().scalars(statement.order_by(Document.id.desc()).limit(limit)))


def found(query: str, limit: int) -> list[Document]:
    """Return the newest documents that match a prefix query."""
    statement = newest(select(Document).options(*LISTED), (Document.search, query), Document.id, limit)
    return list(session().scalars(statement))


def not_invoiced(cursor: str | None = None) -> Page[Document]:
    """Return a page of the proformas that are paid and could not be invoiced."""
    statement = select(Document).where(Document.refusal.is_not(None))
    return page_of(statement, [Document.id], cursor)


def open_proformas(limit: int, customer_id: int | None = None) -> list[Document]:
    """Return the scope's open proformas, or one customer's, the soonest due first."""
    statement = select(Document).where(Document.kind == DocumentKind.PROFORMA, Document.state == DocumentState.OPEN)
    if customer_id is not None:
        statement = statement.where(Document.customer_id == customer_id)
    statement = statement.options(defer(Document.search))
    return list(session().scalars(statement.order_by(Document.due_date, Document.id).limit(limit)))


def open_totals() -> list[tuple[str, int, int, date]]:
    """Return what is left to pay of the scope's open proformas: currency, how many, minor units, the first due date."""
    left = func.sum(Document.total_minor - Document.settled_minor)
    statement = (
        select(Document.currency, func.count(), left, func.min(Document.due_date))
        .where(Document.kind == DocumentKind.PROFORMA, Document.state == DocumentState.OPEN)
        .group_by(Document.currency)
        .order_by(Document.currency)
    )
    return [(currency, number, int(total), due) for currency, number, total, due in session().execute(statement)]


def ids_not_invoiced() -> list[str]:
    """Return the public ids of all proformas that are paid and could not be invoiced, the oldest first."""
    return list(
        session().scalars(select(Document.public_id).where(Document.refusal.is_not(None)).order_by(Document.id))
    )


def by_id(ids: Collection[int]) -> dict[int, Document]:
    """Return documents by id, without their content."""
    statement = select(Document).options(*LISTED).where(Document.id.in_(ids))
    return {row.id: row for row in session().scalars(statement)}


def history(customer_id: int, before: datetime | None, limit: int) -> list[Document]:
    """Return a customer's documents issued up to and with an instant, the newest first, without their content."""
    statement = select(Document).options(*LISTED).where(Document.customer_id == customer_id)
    if before is not None:
        statement = statement.where(Document.issued_at <= before)
    return list(session().scalars(statement.order_by(Document.issued_at.desc(), Document.id.desc()).limit(limit)))
