"""Writing off what is left of a proforma or of its invoice, with a reason, and taking that back.

A write-off closes a proforma on which a small remainder is missing: the invoice is issued whole, and the customer's
account shows what was renounced. It is no discount: the VAT stays due on the whole price.
"""

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos as documents
from praho.billing.documents.services import asking
from praho.billing.payments import repos
from praho.billing.payments.services import ledger, placing
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import LedgerKind, WriteOff
from praho.models.customers import Customer


def write_off(proforma_id: str, amount_minor: int, reason: str, *, form_token: str) -> str:
    """Renounce what is left of a proforma of which a part was paid; once for each form. Return the write-off's id.

    An invoice stands for the proforma through which it is paid, and may be renounced whole: it cannot be cancelled.
    `amount_minor` is what whoever decided saw as left: Conflict where it is not that any more. Raises NotFound, and
    `NotPayable` for a proforma that does not wait for money, or, not invoiced, on which nothing was paid: that one is
    cancelled.
    """
    with unit_of_work():
        return form_tokens.once(
            form_token, "billing.write_off", lambda: _written(_locked(proforma_id), amount_minor, reason).public_id
        )


def undo(write_off_id: str, reason: str, *, form_token: str) -> str:
    """Ask for what was written off after all: the proforma is open again; once for each form. Return the same id.

    Raises NotFound, Conflict where it was undone before.
    """
    with unit_of_work():
        return form_tokens.once(form_token, "billing.write_off_undone", lambda: _undone(write_off_id, reason))


def proforma_of(write_off_id: str) -> str:
    """Return the public id of the proforma of a write-off; raises NotFound."""
    found = repos.write_off(write_off_id)
    if found is None:
        raise NotFound(_("This write-off does not exist."))
    return repos.document(found.document_id).public_id


def undo_all(proforma: Document, reason: str) -> None:
    """Undo every write-off of a locked proforma, as where its invoice is credited whole. Needs a unit of work."""
    for row in repos.write_offs_of(proforma.id):
        _take_back(row, proforma, reason)


def _written(proforma: Document, amount_minor: int, reason: str) -> WriteOff:
    left = placing.left_of(proforma)
    if proforma.state is not DocumentState.OPEN or left == 0:
        raise errors.NotPayable(_("This proforma is not waiting for a payment."))
    if proforma.settled_minor == 0 and documents.invoice_of(proforma.id) is None:
        raise errors.NotPayable(_("Nothing was paid of this proforma: cancel it instead of writing it off."))
    if amount_minor != left:
        raise Conflict(_("What is left to pay has changed meanwhile. Please look at it again."))
    row = WriteOff(
        customer_id=proforma.customer_id,
        document_id=proforma.id,
        amount_minor=left,
        currency=proforma.currency,
        reason=reason,
        written_by=current_principal().user_id,
        created_at=clock.now(),
    )
    session().add(row)
    proforma.settled_minor += left
    session().flush()
    ledger.enter(LedgerKind.WRITE_OFF, row.public_id, row.customer_id, -left, row.currency, clock.today())
    recording.record(
        "proforma.written_off",
        subject=("document", proforma.public_id),
        customer_id=proforma.customer_id,
        changes={"amount_minor": [None, left], "reason": [None, reason]},
    )
    placing.conclude(proforma)
    return row


def _undone(write_off_id: str, reason: str) -> str:
    found = repos.write_off(write_off_id)
    if found is None:
        raise NotFound(_("This write-off does not exist."))
    locking.lock_one(Customer, found.customer_id)
    proforma = locking.lock_one(Document, found.document_id)
    row = locking.lock_one(WriteOff, found.id)
    assert proforma is not None
    assert row is not None
    if row.undone_at is not None:
        raise Conflict(_("This write-off was undone already."))
    _take_back(row, proforma, reason)
    return row.public_id


def _take_back(row: WriteOff, proforma: Document, reason: str) -> None:
    row.undone_at = clock.now()
    row.undone_by = current_principal().user_id
    row.undone_reason = reason
    proforma.settled_minor -= row.amount_minor
    proforma.state = DocumentState.OPEN
    proforma.refusal = None
    session().flush()
    ledger.enter(
        LedgerKind.WRITE_OFF_UNDONE, row.public_id, row.customer_id, row.amount_minor, row.currency, clock.today()
    )
    recording.record(
        "proforma.write_off_undone",
        subject=("document", proforma.public_id),
        customer_id=proforma.customer_id,
        changes={"amount_minor": [row.amount_minor, None], "reason": [None, reason]},
    )


def _locked(proforma_id: str) -> Document:
    found = asking.found(proforma_id)
    if found is None:
        raise NotFound(_("This proforma does not exist."))
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(Document, found.id)
    assert row is not None
    return row
