"""The archive: the bytes of a document's PDF and XML, written once, with their hash.

The download, the mail and the archive read the same row; accounting records are kept for ten years. The bytes are in
the database, or have moved to a store of objects; wherever they are, they are handed out only where their hash is the
one that was written down when they were made.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from praho.billing import errors
from praho.billing.documents import repos
from praho.billing.documents.gateways import objects
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.archive import ArchiveDamage, ArchiveStore
from praho.models.billing.documents import Document, DocumentFile, FileKind

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is handed out."""

    filename: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file's bytes are: here, or in a store under a key."""

    id: int
    filename: str
    sha256: str
    content: bytes | None
    store_id: int | None
    object_key: str | None


def keep(
    document_id: int,
    kind: FileKind,
    filename: str,
    content: bytes,
    findings: Sequence[dict[str, str]] = (),
    *,
    revision: int = 0,
) -> StoredFile:
    """Store a file of a revision unless there is one of this kind already, and return the one that is stored."""
    with unit_of_work():
        document = locking.lock_one(Document, document_id)
        assert document is not None
        row = repos.file_of(document_id, kind, revision)
        if row is None:
            row = DocumentFile(
                customer_id=document.customer_id,
                document_id=document_id,
                kind=kind,
                revision=revision,
                filename=filename,
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                findings=list(findings),
                created_at=clock.now(),
            )
            session().add(row)
            session().flush()
        place = _place(row)
    return _read(place)


def stored(document_id: int, kind: FileKind, revision: int | None = None) -> StoredFile | None:
    """Return a stored file of the scope as of a revision (of the last where None), or None while it is not made.

    Ends the read transaction at hand where the bytes are in a store. Raises `ArchiveDamaged` where they are not those
    that were kept, `ArchiveUnavailable` where the store gives no answer.
    """
    row = repos.latest_file(document_id, kind) if revision is None else repos.file_of(document_id, kind, revision)
    if row is None:
        return None
    place = _place(row)
    if place.content is None:
        session().close()
    return _read(place)


def access_of(store: ArchiveStore) -> objects.Access:
    """Return how a store is reached."""
    return objects.Access(store.endpoint, store.region, store.bucket, store.access_key, store.secret or "")


def _place(row: DocumentFile) -> _Place:
    return _Place(row.id, row.filename, row.sha256, row.content, row.store_id, row.object_key)


def _read(place: _Place) -> StoredFile:
    content = place.content if place.content is not None else _fetched(place)
    found = hashlib.sha256(content).hexdigest()
    if found != place.sha256:
        report(place.id, found)
        raise errors.ArchiveDamaged(_("This file is damaged in the archive. Our staff have been told."))
    return StoredFile(place.filename, content, place.sha256)


def _fetched(place: _Place) -> bytes:
    assert place.store_id is not None
    assert place.object_key is not None
    with entered(SystemScope("read the archive")):
        store = session().get_one(ArchiveStore, place.store_id)
        access = access_of(store)
    try:
        return objects.get(access, place.object_key)
    except objects.StoreUnavailable as error:
        log.warning("the archive's store gives no answer", file=place.id, error=str(error))
        raise errors.ArchiveUnavailable(_("The archive gives no answer just now. Please try again later.")) from error


def report(file_id: int, found_sha256: str) -> None:
    """Remember, once for each file, that its bytes are not those that were kept."""
    log.error("an archived file is damaged", file=file_id)
    with entered(SystemScope("report a damaged file")), unit_of_work():
        if not repos.is_damaged(file_id):
            session().add(ArchiveDamage(file_id=file_id, found_sha256=found_sha256, found_at=clock.now()))
