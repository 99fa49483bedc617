"""Claiming an upload and recording what came of it: whoever records must still hold the claim.

A submission is claimed under its lock and the claim is committed before anything leaves, so that two workers upload
once, and a worker that dies leaves a claim behind that a later look finds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from praho.audit.services import recording
from praho.billing.documents import snapshot
from praho.billing.documents.services import revising
from praho.billing.efactura import repos
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState

log = structlog.get_logger(__name__)

CALL_LASTS = timedelta(minutes=10)
"""Longer than the longest call: a claim that is older was left behind."""
_WAIT_FOR_OTHER = timedelta(minutes=30)
_FIRST_POLL = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to upload a submission once, and to record what came of it."""

    public_id: str
    upload: int


def claim(public_id: str, xml_sha256: str) -> Claim | None:
    """Claim the upload of a waiting submission; None where it is not to be uploaded now.

    What refers to an invoice that ANAF has not accepted yet waits for it.
    """
    with unit_of_work():
        row = repos.lock(public_id)
        if row is None or not row.current or row.state is not SubmissionState.WAITING:
            return None
        row.waits_for = _waits_for(repos.document_of(row))
        if row.waits_for is not None:
            row.next_at = clock.machine_now() + _WAIT_FOR_OTHER
            return None
        row.state = SubmissionState.SENDING
        row.uploads += 1
        row.xml_sha256 = xml_sha256
        row.claimed_at = clock.machine_now()
        row.next_at = row.claimed_at + CALL_LASTS
        return Claim(public_id, row.uploads)


def record(claimed: Claim, change: Callable[[EfacturaSubmission], None]) -> bool:
    """Record what came of a claimed upload, also where it was given up as unknown meanwhile; False where it is late."""
    with unit_of_work():
        row = repos.lock(claimed.public_id)
        open_states = (SubmissionState.SENDING, SubmissionState.UNKNOWN)
        if row is None or row.uploads != claimed.upload or row.state not in open_states:
            log.error("an upload to e-Factura was recorded too late", submission=claimed.public_id)
            return False
        change(row)
        return True


def settle(public_id: str, state: SubmissionState, change: Callable[[EfacturaSubmission], None]) -> bool:
    """Record what was found out about a submission that is still in `state`; False where it is not."""
    with unit_of_work():
        row = repos.lock(public_id)
        if row is None or not row.current or row.state is not state:
            return False
        change(row)
        return True


def put_off(public_id: str, wait: timedelta, note: str) -> None:
    """Look at an undecided submission later, and note why."""
    with unit_of_work():
        row = repos.lock(public_id)
        if row is not None and row.next_at is not None:
            row.next_at = clock.machine_now() + wait
            row.note = note


def sent(row: EfacturaSubmission, index: str, note: str | None = None) -> None:
    """Note that ANAF has it under an index."""
    row.state, row.upload_index, row.download_id, row.note = SubmissionState.SENT, index, None, note
    row.sent_at = row.sent_at or clock.now()
    row.next_at = clock.machine_now() + _FIRST_POLL
    _recorded("efactura.sent", row, {"index": [None, index]})


def unknown(row: EfacturaSubmission, detail: str) -> None:
    """Note that nobody knows whether ANAF has it."""
    row.state, row.note, row.next_at = SubmissionState.UNKNOWN, detail, clock.machine_now() + _FIRST_POLL


def waiting(row: EfacturaSubmission, wait: timedelta, note: str) -> None:
    """Note that it is to be uploaded later, for nothing of it is at ANAF."""
    row.state, row.note, row.next_at = SubmissionState.WAITING, note, clock.machine_now() + wait


def rejected(row: EfacturaSubmission, messages: list[str]) -> None:
    """Note that it did not get through, and why; a person has the word."""
    row.state, row.messages, row.note, row.next_at = SubmissionState.REJECTED, messages, None, None
    row.decided_at = clock.now()
    _recorded("efactura.rejected", row, {"messages": [None, "; ".join(messages)]})


def accepted(row: EfacturaSubmission, note: str | None = None) -> None:
    """Note that ANAF accepted it, and let go on what waits for it."""
    row.state, row.note, row.next_at, row.waits_for = SubmissionState.ACCEPTED, note, None, None
    row.decided_at = clock.now()
    repos.release(repos.document_of(row).number_text, clock.machine_now())
    _recorded("efactura.accepted", row, {"index": [None, row.upload_index]})


def _waits_for(document: Document) -> str | None:
    content = revising.said(document).content
    kinds = (snapshot.ReferenceKind.CORRECTED_INVOICE, snapshot.ReferenceKind.ADVANCE)
    numbers = [reference.number for reference in content.references if reference.kind in kinds]
    return repos.first_blocking(numbers)


def _recorded(action: str, row: EfacturaSubmission, changes: dict[str, list[object]]) -> None:
    document = repos.document_of(row)
    recording.record(action, subject=("document", document.public_id), customer_id=row.customer_id, changes=changes)
