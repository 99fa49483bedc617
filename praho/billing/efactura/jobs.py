"""Making the files of an issued document, and keeping the authorization to send them."""

from praho.billing.efactura.services import making, printing, refreshing
from praho.billing.events import DocumentWork
from praho.core.jobs.kinds import Tick


def make_pdf(work: DocumentWork) -> None:
    """Make and archive the PDF, so that it is there when somebody asks."""
    printing.pdf_of(work.document_id)


def make_xml(work: DocumentWork) -> None:
    """Build, check and archive the e-Factura XML."""
    making.make(work.document_id)


def refresh(_tick: Tick) -> None:
    """Renew the authorization at ANAF in time; where ANAF gives no answer, the next hour's job asks again."""
    refreshing.refresh_due()
