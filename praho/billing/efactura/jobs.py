"""Making the e-Factura XML of an issued invoice."""

from praho.billing.efactura.services import making
from praho.billing.events import DocumentWork


def make_xml(work: DocumentWork) -> None:
    """Build, check and archive the XML."""
    making.make(work.document_id)
