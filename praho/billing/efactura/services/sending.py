"""What is to be done next about a document on its way to e-Factura, whatever state it was left in."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from lxml import etree

from praho.billing import errors, types
from praho.billing.documents import repos as documents
from praho.billing.documents import snapshot
from praho.billing.documents.services import archiving, revising
from praho.billing.efactura import repos
from praho.billing.efactura.gateways import spv, spv_types
from praho.billing.efactura.services import claiming, connecting, making, polling, tracing
from praho.billing.events import SEND_TO_EFACTURA, SubmissionWork
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.jobs.queueing import enqueue
from praho.models.billing.documents import FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState

_BATCH = 200
# The job says itself when to look again; where it fails for good, somebody looks all the same.
_JOB_LASTS = timedelta(hours=1)
_UNCONNECTED = timedelta(minutes=10)
_ERROR = "error"
_HERE = "RO"


def hand_over_due() -> int:
    """Give every submission about which something is to be done by now a job; return how many."""
    with unit_of_work():
        now = clock.machine_now()
        found = locking.lock(EfacturaSubmission, repos.due(now, _BATCH))
        # Until it was locked, somebody may have decided about one, or put it off.
        due = [row for row in found if row.next_at is not None and row.next_at <= now]
        for row in due:
            enqueue(SEND_TO_EFACTURA, SubmissionWork(row.public_id), occasion=f"{row.public_id}:{row.next_at}")
            row.next_at = now + _JOB_LASTS
        return len(due)


def go_on(public_id: str) -> None:
    """Do the next thing about a submission: upload it, look for it, ask for its state, fetch the answer.

    Safe to repeat and to run twice at once. Nothing is lost where ANAF does not answer: it is looked at later.
    """
    row = repos.find(public_id)
    if row is None or not row.current or row.state not in _NEXT:
        return
    state, access = row.state, connecting.access()
    session().close()
    if access is None:
        claiming.put_off(public_id, _UNCONNECTED, types.SubmissionNote.NOT_CONNECTED)
        return
    try:
        _NEXT[state](public_id, access)
    except spv_types.AccessDenied as denial:
        connecting.deny(denial.detail)
        claiming.put_off(public_id, timedelta(seconds=denial.seconds), denial.detail)
    except spv_types.TryLater as delay:
        claiming.put_off(public_id, timedelta(seconds=delay.seconds), delay.detail)


def _send(public_id: str, access: spv_types.Access) -> None:
    xml = _xml(public_id)
    if xml is None:
        return
    standard, buyer = _standard(xml.content), _buyer(public_id)
    claimed = claiming.claim(public_id, xml.sha256)
    if claimed is None:
        return
    try:
        outcome = spv.upload(
            access, xml.content, standard=standard, consumer=_is_consumer(buyer), extern=_is_abroad(buyer)
        )
    except spv_types.NotSent as delay:
        wait = timedelta(seconds=delay.seconds)
        claiming.record(claimed, partial(claiming.waiting, wait=wait, note=delay.detail))
        if isinstance(delay, spv_types.AccessDenied):
            connecting.deny(delay.detail)
        return
    claiming.record(claimed, partial(_judge, outcome=outcome))


def _judge(row: EfacturaSubmission, outcome: spv_types.Uploaded | spv_types.Refused | spv_types.Unknown) -> None:
    if isinstance(outcome, spv_types.Uploaded):
        claiming.sent(row, outcome.index)
    elif isinstance(outcome, spv_types.Unknown):
        claiming.unknown(row, outcome.detail)
    elif not polling.adopt_earlier(row, [outcome.message]):
        claiming.rejected(row, [outcome.message])


def _left_behind(public_id: str, _access: spv_types.Access) -> None:
    """Give up a claim whose worker is gone: what it sent may have arrived."""

    def give_up(row: EfacturaSubmission) -> None:
        assert row.claimed_at is not None
        if clock.machine_now() - row.claimed_at >= claiming.CALL_LASTS:
            claiming.unknown(row, types.SubmissionNote.INTERRUPTED)

    claiming.settle(public_id, SubmissionState.SENDING, give_up)


_NEXT: Mapping[SubmissionState, Callable[[str, spv_types.Access], None]] = {
    SubmissionState.WAITING: _send,
    SubmissionState.SENDING: _left_behind,
    SubmissionState.UNKNOWN: tracing.look,
    SubmissionState.SENT: polling.ask,
}


def _xml(public_id: str) -> archiving.StoredFile | None:
    """Return the archived XML; None where it cannot be made, or is wrong by our own checks: then it is rejected here.

    What a person corrected and sends again goes to ANAF whatever our checks say.
    """
    row = repos.find(public_id)
    assert row is not None
    document_id, revision = row.document_id, row.revision
    document = repos.document_of(row).public_id
    try:
        xml = making.make(document)
    except errors.UnsupportedDocument as refusal:
        _reject(public_id, [str(refusal)])
        return None
    found = documents.file_of(document_id, FileKind.XML, revision)
    wrong = [] if found is None else [one for one in found.findings if one["severity"] == _ERROR]
    session().close()
    if wrong and revision == 0:
        _reject(public_id, [f"{one['rule_id']}: {one['message']}" for one in wrong])
        return None
    return xml


def _reject(public_id: str, messages: list[str]) -> None:
    claiming.settle(public_id, SubmissionState.WAITING, lambda row: claiming.rejected(row, messages))


def _buyer(public_id: str) -> snapshot.Party:
    row = repos.find(public_id)
    assert row is not None
    buyer = revising.said(repos.document_of(row)).content.buyer
    session().close()
    return buyer


def _is_consumer(buyer: snapshot.Party) -> bool:
    """Tell whether the buyer has no fiscal code, so that the document goes to the other address (G23)."""
    return buyer.kind is types.PartyKind.PERSON or buyer.tax_number is None


def _is_abroad(buyer: snapshot.Party) -> bool:
    """Tell whether ANAF is told that the buyer has no Romanian fiscal code: elsewhere, and not registered here."""
    numbers = (buyer.tax_number, buyer.vat_id)
    return buyer.address.country != _HERE and not any((number or "").startswith(_HERE) for number in numbers)


def _standard(xml: bytes) -> spv_types.Standard:
    root = etree.QName(etree.fromstring(xml)).localname
    return spv_types.Standard.CN if root == "CreditNote" else spv_types.Standard.UBL
