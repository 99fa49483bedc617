"""Documents as pages show them: read in the scope at hand, so that somebody else's do not exist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from praho.billing import types
from praho.billing.documents import repos, snapshot
from praho.billing.documents.services import asking, revising
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import Page
from praho.models.billing.documents import Document, DocumentKind, DocumentState, FileKind


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with what it says, what it follows and what followed it."""

    row: Document
    content: snapshot.DocumentSnapshot
    source: Document | None
    invoice: Document | None
    credit_notes: list[Document]
    asking: Document | None
    """The proforma that asks for it: itself, or that at which an invoice began."""
    files: frozenset[FileKind]
    """Which files of a fiscal document there are, as of its last revision."""

    @property
    def has_xml(self) -> bool:
        """Whether its e-Factura XML has been made."""
        return FileKind.XML in self.files

    @property
    def has_seal(self) -> bool:
        """Whether e-Factura accepted it and the ministry's seal is archived."""
        return FileKind.SEALED in self.files

    @property
    def total(self) -> Money:
        """What it asks for."""
        return Money(self.row.total_minor, self.row.currency)

    @property
    def settled(self) -> Money:
        """How much of it payments, credit and write-offs have settled."""
        return Money((self.asking or self.row).settled_minor, self.row.currency)

    @property
    def left(self) -> Money:
        """What is left to pay of it; of one that has ended or was taken back, nothing."""
        return Money(0, self.row.currency) if self.awaited is None else left_of(self.awaited)

    @property
    def awaited(self) -> Document | None:
        """The open proforma through which it can be paid, None where nothing is left to pay."""
        if self.asking is None or self.asking.state is not DocumentState.OPEN:
            return None
        return None if asking.is_taken_back(self.row, self.credit_notes) else self.asking


def listed(wanted: types.DocumentFilter, cursor: str | None, *, oldest: bool = False) -> Page[Document]:
    """Return a page of the scope's documents without their content, the newest first, or the oldest; one query."""
    return repos.listed(wanted, cursor, oldest=oldest)


def not_invoiced(cursor: str | None) -> Page[Document]:
    """Return a page of the proformas that are paid and could not be invoiced."""
    return repos.not_invoiced(cursor)


def shown(public_id: str) -> DocumentView:
    """Return one document of the scope; raises NotFound."""
    document = row(public_id)
    is_proforma = document.kind is DocumentKind.PROFORMA
    said = revising.said(document)
    return DocumentView(
        row=document,
        content=said.content,
        source=repos.source_of(document),
        invoice=repos.invoice_of(document.id) if is_proforma else None,
        credit_notes=repos.credit_notes_of(document.id) if document.kind is DocumentKind.INVOICE else [],
        asking=asking.proforma_of(document),
        files=frozenset() if is_proforma else frozenset(repos.kinds_of_files(document.id, said.revision)),
    )


def money_of(row: Document) -> Money:
    """Return a listed document's total."""
    return Money(row.total_minor, row.currency)


def left_of(row: Document) -> Money:
    """Return what is left to pay of a listed document."""
    return Money(row.total_minor - row.settled_minor, row.currency)


def line_money(content: snapshot.DocumentSnapshot, minor: int) -> Money:
    """Return an amount of a document's content."""
    return Money(minor, content.currency)


def row(public_id: str) -> Document:
    """Return the row of a document of the scope; raises NotFound."""
    found = repos.find(public_id)
    if found is None:
        raise NotFound(_("This document does not exist."))
    return found


def found(query: str, limit: int) -> list[Document]:
    """Return the newest documents that match a prefix query."""
    return repos.found(query, limit)


def of_customer(customer_id: int, limit: int) -> list[Document]:
    """Return a customer's newest documents."""
    return repos.of_customer(customer_id, limit)


def by_id(ids: Collection[int]) -> dict[int, Document]:
    """Return documents by id, without their content; one query."""
    return repos.by_id(ids)


def history(customer_id: int, before: datetime | None, limit: int) -> list[Document]:
    """Return a customer's documents issued up to and with an instant, the newest first."""
    return repos.history(customer_id, before, limit)
