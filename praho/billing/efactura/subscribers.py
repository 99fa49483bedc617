"""What e-Factura does when a document is issued."""

from praho.billing.efactura.services import queueing
from praho.billing.events import DocumentIssued


def send(event: DocumentIssued) -> None:
    """Put a fiscal document on its way to ANAF, where the law and the settings say so."""
    queueing.begin_where_due(event.document_id)
