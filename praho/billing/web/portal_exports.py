"""The customer's documents to take away: a table for a spreadsheet, and an archive of their files."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.billing import types
from praho.billing.documents.services import browsing
from praho.billing.documents.services.archiving import StoredFile
from praho.billing.efactura.services import printing
from praho.billing.web import labels, tables
from praho.core import clock
from praho.core.db.scope import session
from praho.core.errors import Invalid
from praho.core.principal import current_principal
from praho.core.web import arguments, htmx, rate_limits
from praho.models.billing.documents import DocumentKind, DocumentState

_ARCHIVES_AN_HOUR = 20


def wanted() -> types.DocumentFilter:
    """Return what the address narrows the documents to."""
    return types.DocumentFilter(
        kind=arguments.chosen("kind", DocumentKind),
        state=arguments.chosen("state", DocumentState),
        search=arguments.text(),
        since=arguments.day("from"),
        until=arguments.day("to"),
    )


def as_arguments(narrowed: types.DocumentFilter) -> dict[str, str]:
    """Return a filter as the arguments of an address that say the same."""
    said = {
        "kind": narrowed.kind,
        "state": narrowed.state,
        "q": narrowed.search,
        "from": narrowed.since,
        "to": narrowed.until,
    }
    return {name: str(value) for name, value in said.items() if value}


def csv() -> Response:
    """Hand out the documents of the filter as a table, one line each."""
    content = tables.document_lines(browsing.lines(wanted()), labels)
    return _download(content, "text/csv; charset=utf-8", f"documente-{clock.today().isoformat()}.csv")


def archive() -> BaseResponse:
    """Hand out the files of the filter's documents as they are packed; too many, or none, leads back with a word."""
    customer_id = current_principal().customer_id
    assert customer_id is not None
    narrowed = wanted()
    try:
        public_ids = browsing.to_archive(narrowed)
    except Invalid as refusal:
        flash(str(refusal), "error")
        back: dict[str, Any] = {**as_arguments(narrowed)}
        return htmx.go_to(url_for("billing_portal.documents", **back))
    # The counter takes a connection of its own, and packing takes one at a time: none is held meanwhile.
    session().close()
    rate_limits.hit("billing.archive", str(customer_id), limit=_ARCHIVES_AN_HOUR, seconds=3600)
    packed = _packed(printing.files(customer_id, public_ids))
    return _download(packed, "application/zip", f"documente-{clock.today().isoformat()}.zip")


class _Outlet(RawIOBase):
    """Takes what the archive writes and gives it out piece by piece; it cannot be rewound."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        whole, self.pieces = b"".join(self.pieces), []
        return whole


def _packed(files: Iterable[StoredFile]) -> Iterator[bytes]:
    """Yield an archive while it grows; PDFs are compressed already, so nothing is compressed twice."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as packing:
        for file in files:
            packing.writestr(file.filename, file.content)
            yield outlet.taken()
    yield outlet.taken()


def _download(content: Iterable[bytes] | str, content_type: str, filename: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
