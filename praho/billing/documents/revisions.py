"""Every query about corrections of documents, and about what lets one be made."""

from sqlalchemy import select

from praho.core.db.scope import session
from praho.models.billing.documents import Document, DocumentKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.billing.revisions import DocumentRevision
from praho.models.customers import Customer, CustomerState


def latest_revision(document: Document) -> DocumentRevision | None:
    """Return the last correction of a fiscal document, or None where it says what it was issued with."""
    if document.kind is DocumentKind.PROFORMA:
        return None
    statement = select(DocumentRevision).where(DocumentRevision.document_id == document.id)
    return session().scalar(statement.order_by(DocumentRevision.revision.desc()).limit(1))


def revisions_of(document_id: int) -> list[DocumentRevision]:
    """Return the corrections of a document, the oldest first."""
    statement = select(DocumentRevision).where(DocumentRevision.document_id == document_id)
    return list(session().scalars(statement.order_by(DocumentRevision.revision)))


def is_rejected(document_id: int) -> bool:
    """Tell whether what counts of a document's way to e-Factura is that it was rejected."""
    statement = select(EfacturaSubmission.id).where(
        EfacturaSubmission.document_id == document_id,
        EfacturaSubmission.current,
        EfacturaSubmission.state == SubmissionState.REJECTED,
    )
    return session().scalar(statement) is not None


def is_forgotten(customer_id: int) -> bool:
    """Tell whether who a customer is was erased."""
    return session().scalar(select(Customer.state).where(Customer.id == customer_id)) is CustomerState.ERASED
