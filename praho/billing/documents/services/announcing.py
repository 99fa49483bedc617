"""Telling the customer's billing contacts about a new document, with its PDF attached."""

from praho.billing.documents import repos, revisions
from praho.billing.documents.services import asking, reading
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.errors import Conflict, NotFound
from praho.core.formatting import amount
from praho.core.formatting import date as format_date
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.customers.services import profiles
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.notifications.services import sending

BILLING_CONTACTS = "billing_contacts"
ATTACHMENT = "document_pdf"


def announce(public_id: str) -> None:
    """Queue one message for each billing contact; once for each revision of a document and address.

    An open proforma whose invoice is there already asks for nothing new: the invoice's message says what is left to
    pay. One that was paid in the meantime is told of nevertheless, or it would hang on who was faster.
    """
    with unit_of_work():
        document = _found(public_id)
        if document.state is DocumentState.OPEN and repos.invoice_of(document.id) is not None:
            return
        latest = revisions.latest_revision(document)
        anew = "" if latest is None else f":{latest.revision}"
        _send(document, f"billing/{document.kind.value}_issued", f"document:{document.public_id}{anew}")


def remind(public_id: str, occasion: str) -> None:
    """Remind each billing contact of an open proforma, once for each `occasion`; raises Conflict for any other."""
    with unit_of_work():
        document = _found(public_id)
        if document.kind is not DocumentKind.PROFORMA or document.state is not DocumentState.OPEN:
            raise Conflict(_("Only an open proforma is reminded of."))
        _send(document, "billing/proforma_reminder", f"reminder:{document.public_id}:{occasion}")


def _found(public_id: str) -> Document:
    document = repos.find(public_id)
    if document is None:
        raise NotFound(_("This document does not exist."))
    return document


def _send(document: Document, template: str, occasion: str) -> None:
    facts = {
        "number": document.number_text,
        "document_id": document.public_id,
        "customer": profiles.billing_profile(document.customer_id).public_id,
    }
    for recipient in registry().audience(BILLING_CONTACTS, document.customer_id):
        sending.send(
            template,
            f"{occasion}:{recipient.email}",
            recipient,
            {**facts, **_as_read(document, recipient.locale)},
            customer_id=document.customer_id,
            attachments=((ATTACHMENT, document.public_id),),
        )


def _as_read(document: Document, locale: str) -> dict[str, str]:
    """Return what the mail says about money and dates, as its reader writes them; the PDF keeps its own language.

    `left` is empty where nothing is left to pay.
    """
    left = _left(document)
    return {
        "total": amount(Money(document.total_minor, document.currency), locale),
        "left": "" if left.is_zero else amount(left, locale),
        "due_date": format_date(document.due_date, locale),
    }


def _left(document: Document) -> Money:
    proforma = asking.proforma_of(document)
    if proforma is None or proforma.state is not DocumentState.OPEN:
        return Money(0, document.currency)
    return reading.left_of(proforma)
