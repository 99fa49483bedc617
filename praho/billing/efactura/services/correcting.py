"""Correcting a document that ANAF rejected, and sending it again under its number: it never reached the buyer."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos as documents
from praho.billing.documents import snapshot
from praho.billing.documents.services import revising
from praho.billing.efactura import repos
from praho.billing.efactura.services import queueing
from praho.billing.events import ANNOUNCE_DOCUMENT, MAKE_PDF, MAKE_XML, DocumentWork
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.core.web import form_tokens
from praho.models.billing.documents import Document
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.customers import Customer

Changes = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Correction:
    """A rejected document, its way until then, and what a correction would change of its buyer and of its seller.

    `refusal` says why it cannot be corrected as things are.
    """

    row: Document
    submission: EfacturaSubmission
    buyer: Changes
    seller: Changes
    refusal: str | None


def proposed(document_id: str) -> Correction:
    """Return what correcting a rejected document would change; raises NotFound for any other."""
    row = _found(document_id)
    submission = repos.current_of(row.id)
    if submission is None or submission.state is not SubmissionState.REJECTED:
        raise NotFound(_("Only a document that ANAF rejected is corrected under its number."))
    said = revising.said(row).content
    try:
        content = revising.proposed(row)
    except (errors.CorrectionRefused, errors.InvoicingRefused) as refusal:
        return Correction(row, submission, {}, {}, str(refusal))
    return Correction(
        row, submission, _differences(said.buyer, content.buyer), _differences(said.seller, content.seller), None
    )


def correct(document_id: str, reason: str, *, form_token: str) -> str:
    """Store the correction of a rejected document, make its files anew, tell the buyer and send it again; once a form.

    Number, date, lines and amounts stay. Returns the document's public id. Raises NotFound, `CorrectionRefused`,
    `InvoicingRefused`.
    """
    with unit_of_work():
        return form_tokens.once(form_token, "billing.efactura_correction", lambda: _corrected(document_id, reason))


def _corrected(document_id: str, reason: str) -> str:
    found = _found(document_id)
    locking.lock_one(Customer, found.customer_id)
    document = locking.lock_one(Document, found.id)
    assert document is not None
    current = repos.current_of(document.id)
    submission = _rejected(None if current is None else locking.lock_one(EfacturaSubmission, current.id))
    before = revising.said(document).content
    revision = revising.revise(document, reason)
    queueing.begin_again(document, submission, revision.revision)
    work, occasion = DocumentWork(document.public_id), f"{document.public_id}:{revision.revision}"
    for kind in (MAKE_PDF, MAKE_XML, ANNOUNCE_DOCUMENT):
        enqueue(kind, work, occasion=occasion)
    after = revising.said(document).content
    changes = {"reason": (None, reason), **_differences(before.buyer, after.buyer)}
    recording.record(
        "efactura.corrected",
        subject=("document", document.public_id),
        customer_id=document.customer_id,
        changes=changes,
    )
    return document.public_id


def _found(document_id: str) -> Document:
    row = documents.find(document_id)
    if row is None:
        raise NotFound(_("This document does not exist."))
    return row


def _rejected(submission: EfacturaSubmission | None) -> EfacturaSubmission:
    if submission is None or submission.state is not SubmissionState.REJECTED:
        raise errors.CorrectionRefused(_("Only a document that ANAF rejected is corrected under its number."))
    return submission


def _differences(before: snapshot.Party, after: snapshot.Party) -> Changes:
    """Return what differs of a party, by what people call it, as [before, after]."""
    old, new = _facts(before), _facts(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def _facts(party: snapshot.Party) -> dict[str, str | None]:
    address = party.address
    return {
        "name": party.name,
        "street": address.street,
        "city": address.city,
        "county": address.county,
        "postal_code": address.postal_code,
        "tax_number": party.tax_number,
        "vat_id": party.vat_id,
        "registration_number": party.registration_number,
        "email": party.email,
        "phone": party.phone,
    }
