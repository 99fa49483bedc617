"""Documents that begin their way to e-Factura: when they are issued, when they were corrected, or by hand."""

from datetime import date, timedelta

from praho.audit.services import recording
from praho.billing.documents import repos as documents
from praho.billing.documents import snapshot, snapshot_json
from praho.billing.documents.services import revising
from praho.billing.efactura import deadline, duty, repos
from praho.billing.efactura.services import policy
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.text import search_document
from praho.models.billing.documents import Document, DocumentKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.customers import Customer

# The XML is made by a job of its own meanwhile.
_FIRST_LOOK = timedelta(seconds=20)


def begin_where_due(document_id: str) -> None:
    """Have a document that is being issued sent, where the law and the settings say so; in the unit of work at hand.

    The credit note of an invoice that e-Factura rejected goes nowhere, and its invoice needs nothing any more: the
    ministry knows of neither.
    """
    document = documents.find(document_id)
    if document is None or document.kind is DocumentKind.PROFORMA or _gives_up(document):
        return
    content = snapshot_json.from_json(document.snapshot)
    if policy.sends(content):
        _begin(document, content)


def begin_by_hand(document_id: str) -> None:
    """Have a document sent that was issued before the settings said so.

    Raises NotFound, and Conflict for one that need not be sent, or has begun its way already.
    """
    with unit_of_work():
        found = documents.find(document_id)
        if found is None:
            raise NotFound(_("This document does not exist."))
        locking.lock_one(Customer, found.customer_id)
        document = locking.lock_one(Document, found.id)
        assert document is not None
        content = snapshot_json.from_json(document.snapshot)
        if not duty.is_due(content):
            raise Conflict(_("This document need not be sent to e-Factura."))
        if repos.was_begun(document.id):
            raise Conflict(_("This document is on its way to e-Factura already."))
        if takes_back_unsent(document):
            raise Conflict(_("This document need not be sent to e-Factura."))
        _begin(document, content)
        recording.record(
            "efactura.begun", subject=("document", document.public_id), customer_id=document.customer_id, changes={}
        )


def begin_again(document: Document, rejected: EfacturaSubmission, revision: int) -> EfacturaSubmission:
    """Put a corrected document in the place of its rejected, locked submission; the deadline stays."""
    rejected.current, rejected.next_at = False, None
    session().flush()
    row = EfacturaSubmission(
        customer_id=rejected.customer_id,
        document_id=rejected.document_id,
        revision=revision,
        due_on=rejected.due_on,
        search=_words(document),
        created_at=clock.now(),
        next_at=clock.machine_now() + _FIRST_LOOK,
    )
    session().add(row)
    session().flush()
    return row


def takes_back_unsent(document: Document) -> bool:
    """Tell whether a document is the credit note of an invoice that ANAF rejected and will never get. Two queries."""
    if document.kind is not DocumentKind.CREDIT_NOTE or document.source_id is None:
        return False
    return repos.was_given_up(document.source_id)


def _gives_up(note: Document) -> bool:
    """Give up the rejected invoice that a credit note takes back whole; False where ANAF must get the note.

    The invoice may be rejected in the very moment in which it is credited as if it were not: then it is corrected, and
    the note waits for it.
    """
    invoice = None if note.kind is not DocumentKind.CREDIT_NOTE else documents.source_of(note)
    rejected = None if invoice is None else repos.current_of(invoice.id)
    if invoice is None or rejected is None or rejected.state is not SubmissionState.REJECTED:
        return False
    if note.total_minor != -invoice.total_minor or not revising.lets_rejected_be_credited():
        return False
    rejected.current, rejected.next_at = False, None
    return True


def _begin(document: Document, content: snapshot.DocumentSnapshot) -> None:
    session().add(
        EfacturaSubmission(
            customer_id=document.customer_id,
            document_id=document.id,
            revision=0,
            due_on=deadline.last_day(content.issue_date, _supplied_on(document, content)),
            search=_words(document),
            created_at=clock.now(),
            next_at=clock.machine_now() + _FIRST_LOOK,
        )
    )
    session().flush()


def _words(document: Document) -> str:
    """Return by what a document on its way is found: its number, and every name of its buyer."""
    return search_document(document.number_text, document.buyer_name, *revising.later_names(document))


def _supplied_on(document: Document, content: snapshot.DocumentSnapshot) -> date | None:
    """Return the day of the supply that a document is about, None where it takes something back or says it anew."""
    source = documents.source_of(document)
    corrects = source is not None and source.kind is DocumentKind.CREDIT_NOTE
    return None if corrects or document.kind is DocumentKind.CREDIT_NOTE else content.tax_point
