"""A document's files as people and mails get them: the PDF with its XML inside, made once and archived."""

from collections.abc import Iterator, Sequence

from praho.billing import errors
from praho.billing.documents import repos, snapshot
from praho.billing.documents.pdf import renderer
from praho.billing.documents.services import archiving, looking, reading, revising
from praho.billing.efactura import builder
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.billing.documents import DocumentKind, FileKind


def pdf_of(public_id: str) -> archiving.StoredFile:
    """Return the PDF of a document's last revision by its public id, making and archiving it where there is none yet.

    The caller has checked who may see the document. Raises NotFound.
    """
    with entered(SystemScope("print a document")):
        document = repos.find(public_id)
        if document is None:
            raise NotFound(_("This document does not exist."))
        found = archiving.stored(document.id, FileKind.PDF)
        if found is not None:
            return found
        said = revising.said(document)
        content = said.content
        pdf = renderer.render(
            content, second=looking.second_language(content), look=looking.look(), xml=_attachment(content)
        )
        filename = f"{document.number_text}.pdf"
        return archiving.keep(document.id, FileKind.PDF, filename, pdf, revision=said.revision)


def file(public_id: str, kind: FileKind, revision: int | None = None) -> archiving.StoredFile:
    """Return a file of a document of the scope: the PDF at once, the XML once its job has made it.

    Of an earlier `revision` there is what was made at its time. Raises NotFound.
    """
    document = reading.row(public_id)
    if kind is FileKind.PDF and revision is None:
        return pdf_of(document.public_id)
    stored = archiving.stored(document.id, kind, revision)
    if stored is None:
        raise NotFound(_("This file has not been made yet."))
    return stored


def files(customer_id: int, public_ids: Sequence[str]) -> Iterator[archiving.StoredFile]:
    """Yield the files of a customer's documents: every PDF, and the XML where it has been made.

    A scope of its own for each document: between two of them no connection is held, however slow the reader is.
    """
    for public_id in public_ids:
        with entered(CustomerScope(customer_id)):
            found = _files_of(public_id)
        yield from found


def _files_of(public_id: str) -> list[archiving.StoredFile]:
    row = repos.find(public_id)
    if row is None:
        return []
    xml = archiving.stored(row.id, FileKind.XML)
    return [pdf_of(public_id), *([] if xml is None else [xml])]


def _attachment(content: snapshot.DocumentSnapshot) -> renderer.Attachment | None:
    """Return the XML of a fiscal document: the bytes that are archived beside it, for one snapshot gives one XML."""
    if content.kind is DocumentKind.PROFORMA:
        return None
    try:
        return renderer.Attachment(f"{content.number}.xml", builder.build(content))
    except errors.UnsupportedDocument:
        return None
