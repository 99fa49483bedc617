"""Making the files of an issued document."""

from praho.billing.efactura.services import making, printing
from praho.billing.events import DocumentWork


def make_pdf(work: DocumentWork) -> None:
    """Make and archive the PDF, so that it is there when somebody asks."""
    printing.pdf_of(work.document_id)


def make_xml(work: DocumentWork) -> None:
    """Build, check and archive the e-Factura XML."""
    making.make(work.document_id)
