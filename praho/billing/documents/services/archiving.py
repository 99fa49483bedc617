"""The archive: the bytes of a document's PDF and XML, written once, with their hash.

The download, the mail and the archive read the same row; accounting records are kept for ten years.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from praho.billing.documents import repos
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document, DocumentFile, FileKind


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is handed out."""

    filename: str
    content: bytes
    sha256: str


def keep(
    document_id: int, kind: FileKind, filename: str, content: bytes, findings: Sequence[dict[str, str]] = ()
) -> StoredFile:
    """Store a file unless there is one of this kind already, and return the one that is stored."""
    with unit_of_work():
        document = locking.lock_one(Document, document_id)
        assert document is not None
        stored = repos.file_of(document_id, kind)
        if stored is None:
            stored = DocumentFile(
                customer_id=document.customer_id,
                document_id=document_id,
                kind=kind,
                filename=filename,
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                findings=list(findings),
                created_at=clock.now(),
            )
            session().add(stored)
            session().flush()
        return StoredFile(stored.filename, stored.content, stored.sha256)


def stored(document_id: int, kind: FileKind) -> StoredFile | None:
    """Return a stored file of the scope, or None while it has not been made."""
    row = repos.file_of(document_id, kind)
    return None if row is None else StoredFile(row.filename, row.content, row.sha256)
