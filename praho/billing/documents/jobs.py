"""Work that follows from a document being issued."""

from praho.billing.documents.services import announcing, printing
from praho.billing.events import DocumentWork


def make_pdf(work: DocumentWork) -> None:
    """Make and archive the PDF, so that it is there when somebody asks."""
    printing.pdf_of(work.document_id)


def announce_document(work: DocumentWork) -> None:
    """Mail the document to the customer's billing contacts."""
    announcing.announce(work.document_id)
