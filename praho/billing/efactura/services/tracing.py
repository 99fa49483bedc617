"""Looking for documents of which nobody knows whether ANAF has them, before anything is sent again."""

from datetime import datetime, timedelta
from functools import partial

from praho.billing import types
from praho.billing.documents.services import archiving
from praho.billing.efactura import repos
from praho.billing.efactura.gateways import spv, spv_types
from praho.billing.efactura.services import claiming, polling
from praho.core import clock
from praho.core.db.scope import session
from praho.models.billing.documents import FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState

RESEND_AFTER = timedelta(hours=1)
"""ANAF's lists lag a quarter of an hour; what has left no trace in them by then is sent again."""
_LONGEST_WAIT = timedelta(hours=6)
_SHORTEST_PAUSE = timedelta(minutes=2)
# ANAF's clock is not ours.
_MARGIN = timedelta(hours=1)


def look(public_id: str, access: spv_types.Access) -> None:
    """Search ANAF's lists for a document of unknown outcome: take over the trace, or let it be sent again in the end.

    What is listed is told from other documents by its bytes, or by number, day and total. Should ANAF have the
    document all the same, it refuses the second upload and names the first. What is listed and cannot be read is
    waited for, but not for ever. Raises TryLater and AccessDenied.
    """
    row = repos.find(public_id)
    assert row is not None
    assert row.claimed_at is not None
    claimed_at, uploads = row.claimed_at, row.uploads
    session().close()
    read_all = _take_over_traces(access, claimed_at - _MARGIN - _LONGEST_WAIT * (uploads - 1))
    patience = min(RESEND_AFTER * uploads, _LONGEST_WAIT) if read_all else _LONGEST_WAIT
    age = clock.machine_now() - claimed_at
    if age < patience:
        pause = min(max(age / 2, _SHORTEST_PAUSE), patience - age + timedelta(seconds=1))
        claiming.settle(public_id, SubmissionState.UNKNOWN, partial(_later, pause=pause))
        return
    note = types.SubmissionNote.NO_TRACE
    again = partial(claiming.waiting, wait=timedelta(0), note=note)
    claiming.settle(public_id, SubmissionState.UNKNOWN, again)


def _later(row: EfacturaSubmission, pause: timedelta) -> None:
    row.next_at = clock.machine_now() + pause


def _take_over_traces(access: spv_types.Access, since: datetime) -> bool:
    """Give every document that ANAF lists since then, and that we were unsure of, its index.

    All of them and not only the one at hand: each message may be fetched a few times a day only. False where one of
    them could not be read: that of another program, fetched too often, must not hide ours behind it.
    """
    days = (clock.machine_now() - since).days + 1
    listed = [
        message
        for message in spv.listed(access, days=days)
        if message.kind is spv_types.MessageKind.SENT and message.created_at >= since
    ]
    taken = repos.taken_indexes([message.index for message in listed])
    session().close()
    read = [_take_over(access, message) for message in listed if message.index not in taken]
    return all(read)


def _take_over(access: spv_types.Access, message: spv_types.Listed) -> bool:
    """Give what a message is about its index, where it is ours; False where it cannot be read now."""
    try:
        found = spv.download(access, message.download_id)
    except spv_types.AccessDenied:
        raise
    except spv_types.TryLater:
        return False
    _give_index(message.index, found)
    return True


def _give_index(index: str, found: spv_types.Downloaded | spv_types.Gone) -> None:
    if isinstance(found, spv_types.Gone) or found.errors:
        return
    identity = polling.identity(found.document_xml)
    candidates = [(row.public_id, row.document_id, row.revision) for row in repos.unknown_of_number(identity[0] or "")]
    session().close()
    for public_id, document_id, revision in candidates:
        ours = archiving.stored(document_id, FileKind.XML, revision)
        session().close()
        if ours is not None and identity == polling.identity(ours.content):
            note = types.SubmissionNote.LISTED
            change = partial(claiming.sent, index=index, note=note)
            claiming.settle(public_id, SubmissionState.UNKNOWN, change)
            return
