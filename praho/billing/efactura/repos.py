"""Every query about documents on their way to e-Factura."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true, update
from sqlalchemy.orm import defer

from praho.billing import types
from praho.core.db import locking
from praho.core.db.counting import counting
from praho.core.db.scope import session
from praho.core.db.search import matching
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document, DocumentKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState

_UNDECIDED = (SubmissionState.WAITING, SubmissionState.SENDING, SubmissionState.SENT, SubmissionState.UNKNOWN)


def find(public_id: str) -> EfacturaSubmission | None:
    """Return a submission of the scope, or None."""
    return session().scalar(select(EfacturaSubmission).where(EfacturaSubmission.public_id == public_id))


def lock(public_id: str) -> EfacturaSubmission | None:
    """Lock a submission in the unit of work at hand and return it as it is now, or None."""
    found = find(public_id)
    return None if found is None else locking.lock_one(EfacturaSubmission, found.id)


def document_of(submission: EfacturaSubmission) -> Document:
    """Return the document that is sent."""
    return session().get_one(Document, submission.document_id)


def current_of(document_id: int) -> EfacturaSubmission | None:
    """Return what counts of a document's way, or None where it has none."""
    return session().scalar(
        select(EfacturaSubmission).where(EfacturaSubmission.document_id == document_id, EfacturaSubmission.current)
    )


def was_begun(document_id: int) -> bool:
    """Tell whether a document ever began its way, also where that does not count any more."""
    statement = select(EfacturaSubmission.id).where(EfacturaSubmission.document_id == document_id)
    return session().scalar(statement.limit(1)) is not None


def was_given_up(document_id: int) -> bool:
    """Tell whether a document was taken back before ANAF had accepted it, so that ANAF never gets it."""
    return was_begun(document_id) and current_of(document_id) is None


def due(now: datetime, limit: int) -> list[int]:
    """Return the ids of submissions about which something is to be done by `now`, the longest waiting first."""
    statement = select(EfacturaSubmission.id).where(EfacturaSubmission.next_at <= now)
    return list(session().scalars(statement.order_by(EfacturaSubmission.next_at).limit(limit)))


def unknown_of_number(number: str) -> list[EfacturaSubmission]:
    """Return the submissions of unknown outcome whose document has a number."""
    statement = (
        select(EfacturaSubmission)
        .join(Document, Document.id == EfacturaSubmission.document_id)
        .where(
            Document.number_text == number,
            EfacturaSubmission.current,
            EfacturaSubmission.state == SubmissionState.UNKNOWN,
        )
    )
    return list(session().scalars(statement))


def first_blocking(numbers: Collection[str]) -> str | None:
    """Return the number of an invoice among `numbers` that is to be sent and that ANAF has not accepted yet."""
    if not numbers:
        return None
    statement = (
        select(Document.number_text)
        .join(EfacturaSubmission, EfacturaSubmission.document_id == Document.id)
        .where(
            Document.kind == DocumentKind.INVOICE,
            Document.number_text.in_(numbers),
            EfacturaSubmission.current,
            EfacturaSubmission.state != SubmissionState.ACCEPTED,
        )
    )
    return session().scalar(statement.order_by(Document.id).limit(1))


def release(number: str, now: datetime) -> None:
    """Let what waits for a document go on now."""
    session().execute(
        update(EfacturaSubmission)
        .where(
            EfacturaSubmission.current,
            EfacturaSubmission.state == SubmissionState.WAITING,
            EfacturaSubmission.waits_for == number,
        )
        .values(next_at=now)
        .execution_options(synchronize_session=False)
    )


def taken_indexes(indexes: Collection[str]) -> set[str]:
    """Return which upload indexes are those of some submission."""
    statement = select(EfacturaSubmission.upload_index).where(EfacturaSubmission.upload_index.in_(indexes))
    return {index for index in session().scalars(statement) if index is not None}


def is_taken(index: str, submission_id: int) -> bool:
    """Tell whether an upload index belongs to another submission."""
    statement = select(EfacturaSubmission.id).where(
        EfacturaSubmission.upload_index == index, EfacturaSubmission.id != submission_id
    )
    return session().scalar(statement.limit(1)) is not None


def listed(wanted: types.SubmissionFilter, today: date, cursor: str | None) -> Page[EfacturaSubmission]:
    """Return a page of submissions: the soonest due first, or of the accepted ones the newest."""
    statement = select(EfacturaSubmission).where(EfacturaSubmission.current, *_of_part(wanted.part, today))
    statement = statement.options(defer(EfacturaSubmission.search, raiseload=True))
    named = matching(EfacturaSubmission.search, wanted.search)
    if wanted.part is types.SubmissionPart.ACCEPTED:
        return page_of(statement, [EfacturaSubmission.id], cursor, matching=named)
    keys = [EfacturaSubmission.due_on, EfacturaSubmission.id]
    return page_of(statement, keys, cursor, descending=False, matching=named)


def counted(part: types.SubmissionPart, today: date) -> Select[Any]:
    """Return the statement that counts a part of the list."""
    return counting(EfacturaSubmission, EfacturaSubmission.current == true(), *_of_part(part, today))


def _of_part(part: types.SubmissionPart, today: date) -> tuple[ColumnElement[bool], ...]:
    state = EfacturaSubmission.state
    if part is types.SubmissionPart.OPEN:
        return (state.in_(_UNDECIDED),)
    if part is types.SubmissionPart.REJECTED:
        return (state == SubmissionState.REJECTED,)
    if part is types.SubmissionPart.ACCEPTED:
        return (state == SubmissionState.ACCEPTED,)
    return (or_(state.in_(_UNDECIDED), state == SubmissionState.REJECTED), EfacturaSubmission.due_on < today)
