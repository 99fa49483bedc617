"""Every query about documents, their files and their series."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from praho.core.db.scope import session
from praho.core.db.search import finds
from praho.core.text import prefix_query
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import (
    Document,
    DocumentFile,
    DocumentKind,
    DocumentState,
    FileKind,
    NumberSeries,
)


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


def source_of(document: Document) -> Document | None:
    """Return the document that this one follows, such as an invoice's proforma."""
    return None if document.source_id is None else session().get(Document, document.source_id)


def active_series_id(kind: DocumentKind) -> int | None:
    """Return the id of the series in use for a kind, or None where none was set up."""
    return session().scalar(select(NumberSeries.id).where(NumberSeries.kind == kind, NumberSeries.active))


def all_series() -> list[NumberSeries]:
    """Return every series, the active ones first."""
    return list(session().scalars(select(NumberSeries).order_by(NumberSeries.active.desc(), NumberSeries.prefix)))


def next_proforma_number() -> int:
    """Take a number from the proforma sequence; gaps are harmless, for a proforma is no fiscal document."""
    return int(session().execute(select(func.nextval("billing_proforma_number"))).scalar_one())


def file_of(document_id: int, kind: FileKind) -> DocumentFile | None:
    """Return a document's file, or None while it has not been made."""
    return session().scalar(
        select(DocumentFile).where(DocumentFile.document_id == document_id, DocumentFile.kind == kind)
    )


def kinds_of_files(document_id: int) -> set[FileKind]:
    """Return which files of a document there are, without reading them."""
    return set(session().scalars(select(DocumentFile.kind).where(DocumentFile.document_id == document_id)))


def listed(
    *,
    kind: DocumentKind | None = None,
    state: DocumentState | None = None,
    search: str = "",
    cursor: str | None = None,
) -> Page[Document]:
    """Return a page of the scope's documents, the newest first."""
    statement: Select[Document] = select(Document)
    if kind is not None:
        statement = statement.where(Document.kind == kind)
    if state is not None:
        statement = statement.where(Document.state == state)
    query = prefix_query(search)
    if query is not None:
        statement = statement.where(finds(Document.search, query))
    return page_of(statement, [Document.id], cursor)


def of_customer(customer_id: int, limit: int) -> list[Document]:
    """Return a customer's newest documents."""
    statement = select(Document).where(Document.customer_id == customer_id)
    return list(session().scalars(statement.order_by(Document.id.desc()).limit(limit)))


def found(query: str, limit: int) -> list[Document]:
    """Return the newest documents that match a prefix query."""
    statement = select(Document).where(finds(Document.search, query)).order_by(Document.id.desc())
    return list(session().scalars(statement.limit(limit)))


def not_invoiced(cursor: str | None = None) -> Page[Document]:
    """Return a page of the proformas that are paid and could not be invoiced."""
    statement = select(Document).where(Document.refusal.is_not(None))
    return page_of(statement, [Document.id], cursor)


def open_proformas(limit: int) -> list[Document]:
    """Return the scope's open proformas, the soonest due first."""
    statement = select(Document).where(Document.kind == DocumentKind.PROFORMA, Document.state == DocumentState.OPEN)
    return list(session().scalars(statement.order_by(Document.due_date, Document.id).limit(limit)))


def ids_not_invoiced() -> list[str]:
    """Return the public ids of all proformas that are paid and could not be invoiced, the oldest first."""
    return list(
        session().scalars(select(Document.public_id).where(Document.refusal.is_not(None)).order_by(Document.id))
    )


def not_invoiced_count() -> int:
    """Return how many proformas are paid and could not be invoiced."""
    statement = select(func.count()).select_from(Document).where(Document.refusal.is_not(None))
    return int(session().scalar(statement) or 0)
