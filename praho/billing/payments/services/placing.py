"""Giving money to what it is for: allocations, and the end of a proforma on which nothing is left to pay."""

from datetime import date

from praho.billing import types
from praho.billing.documents import repos as documents
from praho.billing.documents import snapshot
from praho.billing.documents.services import invoicing
from praho.billing.events import ProformaPaid
from praho.billing.payments import repos
from praho.billing.payments.services import ledger
from praho.core import clock, events, i18n
from praho.core.db.uow import require_unit_of_work
from praho.core.i18n import gettext as _
from praho.models.billing.documents import Document, DocumentState
from praho.models.billing.payments import PaymentAllocation, PaymentMethod, WriteOff

_METHODS = {
    PaymentMethod.CARD: types.PaymentMethod.CARD,
    PaymentMethod.BANK_TRANSFER: types.PaymentMethod.BANK_TRANSFER,
    PaymentMethod.CASH: types.PaymentMethod.CASH,
}


def left_of(document: Document) -> int:
    """Return what is left to pay of a document, in minor units."""
    return document.total_minor - document.settled_minor


def give(source: repos.Source, document: Document, amount_minor: int, counted_on: date, *, from_balance: bool) -> None:
    """Give a part of a payment or of a credit note to a locked document, which must have as much left to pay."""
    assert 0 < amount_minor <= min(left_of(document), source.free_minor)
    require_unit_of_work().session.add(
        PaymentAllocation(
            customer_id=document.customer_id,
            payment_id=source.payment_id,
            credit_note_id=source.credit_note_id,
            document_id=document.id,
            amount_minor=amount_minor,
            from_balance=from_balance,
            counted_on=counted_on,
            created_at=clock.now(),
        )
    )
    document.settled_minor += amount_minor


def conclude(proforma: Document) -> bool:
    """Where nothing is left to pay of a locked, open proforma: it is paid, is invoiced, and the floors above hear it.

    One that was paid before, and opened again by the undoing of a write-off, has its invoice and was told of.
    Returns whether it is paid now.
    """
    if proforma.state is not DocumentState.OPEN or left_of(proforma) != 0:
        return False
    first_time = proforma.settled_at is None
    proforma.state = DocumentState.PAID
    proforma.settled_at = clock.now()
    require_unit_of_work().session.flush()
    if documents.invoice_of(proforma.id) is None:
        _invoice(proforma)
    if first_time:
        told = ProformaPaid(proforma.customer_id, proforma.public_id, proforma.subject_kind, proforma.subject_id)
        events.publish(told)
    return True


def payment_facts(proforma: Document) -> tuple[snapshot.PaymentFact, ...]:
    """Return what settled a proforma, as its invoice prints it: money, credit that was set off, a write-off."""
    parts = repos.parts_of(proforma.id)
    facts = tuple(_fact(part) for part in parts)
    if sum(part.amount_minor for part in parts) == proforma.total_minor:
        return facts
    with i18n.in_locale(proforma.locale):
        written_off = _("remainder not asked for")
    return (*facts, *(_fact_of_write_off(row, written_off) for row in repos.write_offs_of(proforma.id)))


def _fact(part: repos.Part) -> snapshot.PaymentFact:
    set_off = part.from_balance or part.method is None
    method = types.PaymentMethod.OFFSET if part.method is None or set_off else _METHODS[part.method]
    return snapshot.PaymentFact(method, part.amount_minor, part.counted_on, part.reference or None)


def _fact_of_write_off(row: WriteOff, words: str) -> snapshot.PaymentFact:
    return snapshot.PaymentFact(types.PaymentMethod.OFFSET, row.amount_minor, clock.local_date(row.created_at), words)


def _invoice(proforma: Document) -> None:
    invoice = invoicing.issue_in_savepoint(proforma, repos.lines_of(proforma.id), payment_facts(proforma))
    if invoice is not None:
        ledger.book(invoice)
