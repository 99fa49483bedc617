"""Making the files of an issued document, sending it to ANAF, and keeping the authorization for it."""

from praho.billing.efactura.services import making, printing, refreshing, sending
from praho.billing.events import DocumentWork, SubmissionWork
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


def send(work: SubmissionWork) -> None:
    """Do the next thing about one document on its way to ANAF."""
    sending.go_on(work.submission_id)


def send_due(_tick: Tick) -> None:
    """Give every document about whose way something is to be done a job of its own."""
    sending.hand_over_due()
