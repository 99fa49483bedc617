"""Work that follows from a document being issued."""

from praho.billing.documents.services import announcing
from praho.billing.events import DocumentWork


def announce_document(work: DocumentWork) -> None:
    """Mail the document to the customer's billing contacts."""
    announcing.announce(work.document_id)
