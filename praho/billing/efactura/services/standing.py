"""How documents stand with e-Factura, as pages and the desk show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select

from praho.audit.services import recording
from praho.billing import types
from praho.billing.documents import repos as documents
from praho.billing.documents import revisions, snapshot_json
from praho.billing.efactura import duty, repos
from praho.billing.efactura.services import policy, queueing
from praho.core import clock
from praho.core.db import locking
from praho.core.db.counting import count_all
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.core.i18n import ngettext
from praho.core.web.paging import Page
from praho.models.billing.documents import Document, DocumentKind, FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.billing.revisions import DocumentRevision
from praho.settings.services import values

DECIDED = frozenset({SubmissionState.ACCEPTED, SubmissionState.REJECTED})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a fiscal document stands: its submission, if it has one, and its corrections.

    `needless` says that the law asks for none, `given_up` that ANAF never gets it: rejected and taken back, or what
    takes such a one back.
    """

    submission: EfacturaSubmission | None
    corrections: tuple[DocumentRevision, ...]
    needless: bool
    given_up: bool
    earlier: Mapping[int, tuple[FileKind, ...]]
    """The files of each revision before the last one."""

    @property
    def may_begin(self) -> bool:
        """Whether it may be sent by hand: nothing was begun yet, and the law asks for it."""
        return self.submission is None and not self.needless and not self.given_up


def of_document(row: Document) -> Standing | None:
    """Return how a document stands with e-Factura, None for a proforma, or where nothing is or was sent.

    Two queries, one more for a corrected one, two more where no way counts.
    """
    if row.kind is DocumentKind.PROFORMA:
        return None
    submission, corrections = repos.current_of(row.id), tuple(revisions.revisions_of(row.id))
    given_up = submission is None and (repos.was_begun(row.id) or queueing.takes_back_unsent(row))
    if submission is None and not given_up and not values.flag(policy.SEND):
        return None
    needless = not duty.is_due(snapshot_json.from_json(row.snapshot))
    return Standing(submission, corrections, needless, given_up, _earlier(row.id, corrections))


def listed(wanted: types.SubmissionFilter, cursor: str | None) -> tuple[Page[EfacturaSubmission], dict[int, Document]]:
    """Return a page of a part of the submissions, with their documents by id; two queries."""
    page = repos.listed(wanted, clock.today(), cursor)
    return page, documents.by_id([row.document_id for row in page.items])


def counts() -> dict[types.SubmissionPart, int]:
    """Return how many submissions wait for something, are rejected, or past their day; one query."""
    parts = tuple(part for part in types.SubmissionPart if part is not types.SubmissionPart.ACCEPTED)
    return dict(zip(parts, count_all([_count(part) for part in parts]), strict=True))


def rejected() -> Select[Any]:
    """Count the documents that ANAF rejected and nobody has corrected."""
    return _count(types.SubmissionPart.REJECTED)


def overdue() -> Select[Any]:
    """Count the documents that ANAF should have accepted by now."""
    return _count(types.SubmissionPart.OVERDUE)


def alarm() -> str | None:
    """Return a sentence where documents are past the last day on which they may be sent, else None."""
    with entered(SystemScope("health check")):
        [late] = count_all([_count(types.SubmissionPart.OVERDUE)])
    if late == 0:
        return None
    return ngettext(
        "%(num)s document is past its day and ANAF has not accepted it.",
        "%(num)s documents are past their day and ANAF has not accepted them.",
        late,
    )


def send_now(document_id: str) -> None:
    """Have the next thing about a document on its way done at once.

    Raises NotFound where it is on none, and Conflict where ANAF has decided.
    """
    with unit_of_work():
        document = documents.find(document_id)
        current = None if document is None else repos.current_of(document.id)
        row = None if current is None else locking.lock_one(EfacturaSubmission, current.id)
        if document is None or row is None:
            raise NotFound(_("This document is not on its way to e-Factura."))
        if row.state in DECIDED or not row.current:
            raise Conflict(_("ANAF has decided about this document."))
        row.next_at = clock.machine_now()
        recording.record(
            "efactura.asked_now", subject=("document", document.public_id), customer_id=row.customer_id, changes={}
        )


def _earlier(document_id: int, corrections: Sequence[DocumentRevision]) -> dict[int, tuple[FileKind, ...]]:
    found = documents.files_before(document_id, corrections[-1].revision) if corrections else []
    return {number: tuple(kind for _number, kind in files) for number, files in groupby(found, key=itemgetter(0))}


def _count(part: types.SubmissionPart) -> Select[Any]:
    return repos.counted(part, clock.today())
