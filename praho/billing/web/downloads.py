"""A document's file as an answer."""

from io import BytesIO

from flask import Response, send_file

from praho.billing.documents.services.archiving import StoredFile
from praho.core.web import arguments
from praho.models.billing.documents import FileKind

_TYPES = {FileKind.PDF: "application/pdf", FileKind.XML: "application/xml", FileKind.SEALED: "application/zip"}


def revision() -> int | None:
    """Return the revision of a document that the address asks for, None for the last one."""
    asked = arguments.text("revision", 4)
    return int(asked) if asked.isascii() and asked.isdigit() else None


def answer(file: StoredFile, kind: FileKind) -> Response:
    """Return the stored bytes for download, named after the document."""
    response = send_file(
        BytesIO(file.content),
        mimetype=_TYPES[kind],
        as_attachment=kind is not FileKind.PDF,
        download_name=file.filename,
        etag=file.sha256,
    )
    # Kept by the browser that asked, and shown again only after we were asked whether it may.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
