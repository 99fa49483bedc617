"""Claiming outside effects: a row, UNIQUE by kind and intent, that is committed before anything leaves.

`settling` drives a claim; here it is made, made again after a rejection, looked after, and closed by a person.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from praho.core import clock
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.i18n import gettext as _
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.queueing import enqueue
from praho.integrations import repos
from praho.integrations.errors import OperationStillOpen
from praho.integrations.events import OperationDue
from praho.models.integrations import OPEN_OPERATIONS, OperationState, ProviderOperation

_ORPHANED_AFTER = timedelta(minutes=1)


def claim(
    kind: JobKind[OperationDue],
    intent: str,
    *,
    account_id: int,
    customer_id: int | None,
    subject: tuple[str, str],
    request: Mapping[str, Any],
) -> str:
    """Claim one outside effect and enqueue the job that drives it; return the operation's public id.

    Needs a unit of work. `intent` names what it is for: the same one gives the same operation, whatever `request`
    says now. `request` is for staff to read: no secrets and no personal codes.
    """
    frame = require_unit_of_work()
    statement = (
        insert(ProviderOperation)
        .values(
            account_id=account_id,
            customer_id=customer_id,
            kind=kind.name,
            intent=intent,
            subject_kind=subject[0],
            subject_id=subject[1],
            state=OperationState.CLAIMED,
            request=dict(request),
            created_at=clock.machine_now(),
        )
        .on_conflict_do_nothing(index_elements=["kind", "intent"])
        .returning(ProviderOperation.id, ProviderOperation.public_id)
    )
    inserted = frame.session.execute(statement).one_or_none()
    if inserted is None:
        existing = repos.operation_by_intent(kind.name, intent)
        assert existing is not None
        return existing.public_id
    enqueue(kind, OperationDue(inserted.id), occasion=inserted.public_id)
    return str(inserted.public_id)


def claim_again(
    kind: JobKind[OperationDue],
    origin: str,
    *,
    account_id: int,
    customer_id: int | None,
    subject: tuple[str, str],
    request: Mapping[str, Any],
) -> str:
    """Claim a further try for a subject whose former operation was rejected; return the new one's public id.

    The intent is `origin#2`, `origin#3`, …. Needs a unit of work and the subject's lock. Raises OperationStillOpen
    while the provider may still be about to do what was asked before.
    """
    tries = repos.operation_states(kind.name, *subject)
    if any(state in OPEN_OPERATIONS for state in tries):
        raise OperationStillOpen(_("The provider has not decided about the first request yet."))
    return claim(
        kind,
        f"{origin}#{len(tries) + 1}",
        account_id=account_id,
        customer_id=customer_id,
        subject=subject,
        request=request,
    )


def subject_of(operation_id: int) -> tuple[str, str] | None:
    """Return what an operation is for, as (kind, public id); None where there is no such operation."""
    row = repos.operation_row(operation_id)
    return None if row is None else (row.subject_kind, row.subject_id)


def reenqueue_orphans(kind: JobKind[OperationDue], occasion: str) -> int:
    """Give open operations older than a minute, whose job was lost or is dead, a new one; return how many."""
    with unit_of_work():
        orphans = repos.orphaned_operations(kind, clock.machine_now() - _ORPHANED_AFTER)
        for operation_id in orphans:
            enqueue(kind, OperationDue(operation_id), occasion=f"{operation_id}:{occasion}")
    return len(orphans)
