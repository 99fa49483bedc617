"""Asking ANAF what became of an upload, and fetching its answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from lxml import etree

from praho.billing import types
from praho.billing.documents.services import archiving
from praho.billing.efactura import repos, ubl
from praho.billing.efactura.gateways import spv, spv_types
from praho.billing.efactura.services import claiming
from praho.core import clock
from praho.core.db.scope import session
from praho.models.billing.documents import FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState

_SHORTEST, _LONGEST = timedelta(seconds=30), timedelta(hours=1)
_AFTER_REFUSAL = timedelta(hours=1)
_MISSING_FOR = timedelta(days=1)
_REASONS_WITHIN = timedelta(days=1)
_IDENTITY = (f"{{{ubl.CBC}}}ID", f"{{{ubl.CBC}}}IssueDate", f"{{{ubl.CBC}}}DocumentCurrencyCode")
_TOTAL = f"{{{ubl.CAC}}}LegalMonetaryTotal/{{{ubl.CBC}}}TaxInclusiveAmount"


def ask(public_id: str, access: spv_types.Access) -> None:
    """Ask for the state of a sent document, and decide where ANAF has; raises TryLater, AccessDenied."""
    row = repos.find(public_id)
    assert row is not None
    assert row.upload_index is not None
    assert row.claimed_at is not None
    index, age = row.upload_index, clock.machine_now() - row.claimed_at
    session().close()
    answer = spv.state(access, index)
    if isinstance(answer, spv_types.Processing):
        claiming.put_off(public_id, min(max(age / 6, _SHORTEST), _LONGEST), types.SubmissionNote.PROCESSING)
    elif isinstance(answer, spv_types.QueryFailed):
        _look_anew_or_later(public_id, answer, age)
    elif answer.download_id is None:
        _conclude(public_id, index, [answer.message])
    else:
        _fetch(public_id, index, access, answer, age)


def _look_anew_or_later(public_id: str, answer: spv_types.QueryFailed, age: timedelta) -> None:
    """Ask again later; what ANAF has known nothing of for a day is looked for, as if it had never answered.

    That one document is not ours to ask about says nothing about the others.
    """

    def look_anew(row: EfacturaSubmission) -> None:
        row.upload_index = None
        claiming.unknown(row, answer.message)

    if answer.missing and age >= _MISSING_FOR:
        claiming.settle(public_id, SubmissionState.SENT, look_anew)
    else:
        claiming.put_off(public_id, _AFTER_REFUSAL, answer.message)


def adopt_earlier(row: EfacturaSubmission, messages: list[str]) -> bool:
    """Take over the index under which ANAF says that it has the locked document already; False where it says none.

    What is kept there is compared with what was sent before it counts as accepted.
    """
    found = (spv.earlier_index(message) for message in messages)
    index = next((one for one in found if one is not None), None)
    if index is None or index == row.upload_index or repos.is_taken(index, row.id):
        return False
    claiming.sent(row, index, "; ".join(messages))
    return True


def identity(xml: bytes) -> tuple[str | None, ...]:
    """Return what makes an invoice this one: number, day of issue, currency and total."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    return (*(root.findtext(name) for name in _IDENTITY), root.findtext(_TOTAL))


def _fetch(
    public_id: str,
    index: str,
    access: spv_types.Access,
    answer: spv_types.Accepted | spv_types.Rejected,
    age: timedelta,
) -> None:
    assert answer.download_id is not None
    try:
        found = spv.download(access, answer.download_id)
    except spv_types.AccessDenied:
        raise
    except spv_types.TryLater:
        # Whoever must correct it has a few days, and must not wait for ANAF's words.
        if isinstance(answer, spv_types.Accepted) or age < _REASONS_WITHIN:
            raise
        _conclude(public_id, index, [types.SubmissionNote.REASONS_UNREAD.value])
        return
    if isinstance(answer, spv_types.Rejected):
        errors = [] if isinstance(found, spv_types.Gone) else list(found.errors)
        _conclude(public_id, index, errors or [answer.message])
    elif isinstance(found, spv_types.Gone):
        _decide(public_id, index, partial(claiming.accepted, note=found.message))
    else:
        _accept(public_id, index, answer.download_id, found)


def _accept(public_id: str, index: str, download_id: str, found: spv_types.Downloaded) -> None:
    row = repos.find(public_id)
    assert row is not None
    document = repos.document_of(row)
    document_id, number, revision = document.id, document.number_text, row.revision
    ours = archiving.stored(document_id, FileKind.XML, revision)
    session().close()
    assert ours is not None
    if found.document_xml != ours.content and identity(found.document_xml) != identity(ours.content):
        message = types.SubmissionNote.OTHER_DOCUMENT.value
        _decide(public_id, index, partial(claiming.rejected, messages=[message]))
        return
    archiving.keep(document_id, FileKind.SEALED, f"{number}-anaf.zip", found.zip_bytes, revision=revision)

    def accept(row: EfacturaSubmission) -> None:
        row.download_id = download_id
        claiming.accepted(row)

    _decide(public_id, index, accept)


def _conclude(public_id: str, index: str, messages: list[str]) -> None:
    """Record a rejection; ANAF's word that it has the document already is none."""

    def reject(row: EfacturaSubmission) -> None:
        if not adopt_earlier(row, messages):
            claiming.rejected(row, messages)

    _decide(public_id, index, reject)


def _decide(public_id: str, index: str, change: Callable[[EfacturaSubmission], None]) -> None:
    """Record what ANAF decided about the upload `index`, unless another one counts by now."""

    def if_same(row: EfacturaSubmission) -> None:
        if row.upload_index == index:
            change(row)

    claiming.settle(public_id, SubmissionState.SENT, if_same)
