"""What payments do when a document is issued."""

from praho.billing.events import USE_BALANCE, DocumentIssued, DocumentWork
from praho.billing.payments.services import balances
from praho.core.jobs.queueing import enqueue
from praho.models.billing.documents import DocumentKind
from praho.settings.services import values


def use_balance(event: DocumentIssued) -> None:
    """Have a new proforma paid from the balance, where the setting says so."""
    if event.kind == DocumentKind.PROFORMA and values.flag(balances.AUTOMATIC):
        enqueue(USE_BALANCE, DocumentWork(event.document_id), occasion=event.document_id)
