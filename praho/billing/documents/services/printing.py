"""The PDF of a document: rendered from its snapshot, once, and archived."""

from praho.billing.documents import repos, snapshot_json
from praho.billing.documents.pdf import renderer
from praho.billing.documents.services import archiving
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.billing.documents import FileKind


def pdf_of(public_id: str) -> archiving.StoredFile:
    """Return the PDF of a document by its public id, making and archiving it where there is none yet.

    The caller has checked who may see the document. Raises NotFound.
    """
    with entered(SystemScope("print a document")):
        document = repos.find(public_id)
        if document is None:
            raise NotFound(_("This document does not exist."))
        found = archiving.stored(document.id, FileKind.PDF)
        if found is not None:
            return found
        content = renderer.render(snapshot_json.from_json(document.snapshot))
        return archiving.keep(document.id, FileKind.PDF, f"{document.number_text}.pdf", content)
