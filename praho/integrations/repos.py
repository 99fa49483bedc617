"""Every query of the integrations."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, select

from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.table import Job, JobState
from praho.core.web.paging import Page, page_of
from praho.integrations.errors import UnknownAccount
from praho.integrations.types import Account, Operation
from praho.models.integrations import (
    OPEN_OPERATIONS,
    InboxMessage,
    InboxState,
    OperationState,
    ProviderAccount,
    ProviderCall,
    ProviderKind,
    ProviderOperation,
)

LIVE_JOBS = (JobState.READY, JobState.RUNNING, JobState.RETRY)


def account(account_id: int) -> Account:
    """Return an account with its secrets; raises UnknownAccount."""
    return account_of(_found(session().get(ProviderAccount, account_id)))


def account_by_public_id(public_id: str) -> Account:
    """Return an account with its secrets; raises UnknownAccount."""
    return account_of(account_row(public_id))


def account_row(public_id: str) -> ProviderAccount:
    """Return an account's row; raises UnknownAccount."""
    return _found(session().scalar(select(ProviderAccount).where(ProviderAccount.public_id == public_id)))


def account_of(row: ProviderAccount) -> Account:
    """Return a row as the value that is passed around."""
    secrets: dict[str, str] = {} if row.secrets is None else json.loads(row.secrets)
    return Account(
        id=row.id,
        public_id=row.public_id,
        plugin=row.plugin,
        kind=row.kind,
        label=row.label,
        live=row.live,
        active=row.active,
        values={**row.settings, **secrets},
    )


def account_rows(kind: ProviderKind | None = None) -> Sequence[ProviderAccount]:
    """Return all accounts, or those of one kind, by kind and label; there are few."""
    statement = select(ProviderAccount).order_by(ProviderAccount.kind, ProviderAccount.label, ProviderAccount.id)
    if kind is not None:
        statement = statement.where(ProviderAccount.kind == kind)
    return session().scalars(statement).all()


def operation(row: ProviderOperation) -> Operation:
    """Return an operation with the keys of those that were made for the same subject before it. One query."""
    earlier = session().scalars(
        select(ProviderOperation.public_id)
        .where(
            ProviderOperation.subject_kind == row.subject_kind,
            ProviderOperation.subject_id == row.subject_id,
            ProviderOperation.kind == row.kind,
            ProviderOperation.id < row.id,
            ProviderOperation.called_at.is_not(None),
        )
        .order_by(ProviderOperation.id.desc())
    )
    return Operation(
        id=row.id,
        key=row.public_id,
        earlier_keys=tuple(earlier),
        kind=row.kind,
        account_id=row.account_id,
        customer_id=row.customer_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        state=row.state,
        called_at=row.called_at,
        created_at=row.created_at,
    )


def operation_row(operation_id: int) -> ProviderOperation | None:
    """Return an operation's row."""
    return session().get(ProviderOperation, operation_id)


def operation_by_intent(kind: str, intent: str) -> ProviderOperation | None:
    """Return the operation that was claimed for an intent."""
    statement = select(ProviderOperation).where(ProviderOperation.kind == kind, ProviderOperation.intent == intent)
    return session().scalar(statement)


def newest_operation(kind: str, subject_kind: str, subject_id: str) -> ProviderOperation | None:
    """Return the operation of a kind that was claimed last for a subject."""
    statement = (
        select(ProviderOperation)
        .where(
            ProviderOperation.subject_kind == subject_kind,
            ProviderOperation.subject_id == subject_id,
            ProviderOperation.kind == kind,
        )
        .order_by(ProviderOperation.id.desc())
        .limit(1)
    )
    return session().scalar(statement)


def operation_states(kind: str, subject_kind: str, subject_id: str) -> Sequence[OperationState]:
    """Return the states of all operations of a kind that were claimed for a subject."""
    statement = select(ProviderOperation.state).where(
        ProviderOperation.kind == kind,
        ProviderOperation.subject_kind == subject_kind,
        ProviderOperation.subject_id == subject_id,
    )
    return session().scalars(statement).all()


def operations_of(
    subject_kind: str, subject_id: str, limit: int
) -> Sequence[tuple[ProviderOperation, ProviderAccount]]:
    """Return the operations for a subject with their accounts, the newest first."""
    statement = (
        select(ProviderOperation, ProviderAccount)
        .join(ProviderAccount, ProviderAccount.id == ProviderOperation.account_id)
        .where(ProviderOperation.subject_kind == subject_kind, ProviderOperation.subject_id == subject_id)
        .order_by(ProviderOperation.id.desc())
        .limit(limit)
    )
    return [(found, account_found) for found, account_found in session().execute(statement)]


def calls_of_subject(subject_kind: str, subject_id: str, limit: int) -> Sequence[ProviderCall]:
    """Return the newest calls that were made for a subject's operations."""
    operations = (
        select(ProviderOperation.id)
        .where(ProviderOperation.subject_kind == subject_kind, ProviderOperation.subject_id == subject_id)
        .scalar_subquery()
    )
    statement = select(ProviderCall).where(ProviderCall.operation_id.in_(operations)).order_by(ProviderCall.id.desc())
    return session().scalars(statement.limit(limit)).all()


def orphaned_operations(kind: JobKind[Any], before: datetime) -> Sequence[int]:
    """Return the ids of open operations of a kind, claimed before an instant, that no waiting or running job drives."""
    driven = exists().where(
        and_(
            Job.kind == kind.name,
            Job.state.in_(LIVE_JOBS),
            Job.payload["operation_id"].as_integer() == ProviderOperation.id,
        )
    )
    statement = (
        select(ProviderOperation.id)
        .where(
            ProviderOperation.kind == kind.name,
            ProviderOperation.state.in_(OPEN_OPERATIONS),
            ProviderOperation.created_at < before,
            ~driven,
        )
        .order_by(ProviderOperation.id)
    )
    return session().scalars(statement).all()


def unsettled_since(before: datetime) -> int:
    """Return how many operations that were claimed before an instant nobody has decided; at most a hundred."""
    statement = select(ProviderOperation.id).where(
        ProviderOperation.state.in_(OPEN_OPERATIONS), ProviderOperation.created_at < before
    )
    return len(session().scalars(statement.limit(100)).all())


def operations_page(state: OperationState | None, cursor: str | None) -> Page[ProviderOperation]:
    """Return a page of operations, the newest first; those of one state where one is given."""
    statement: Select[Any] = select(ProviderOperation)
    if state is not None:
        statement = statement.where(ProviderOperation.state == state)
    return page_of(statement, [ProviderOperation.id], cursor)


def calls_page(account_id: int, cursor: str | None) -> Page[ProviderCall]:
    """Return a page of an account's calls, the newest first."""
    return page_of(select(ProviderCall).where(ProviderCall.account_id == account_id), [ProviderCall.id], cursor)


def message(inbox_id: int) -> InboxMessage | None:
    """Return a webhook."""
    return session().get(InboxMessage, inbox_id)


def message_by_public_id(public_id: str) -> InboxMessage | None:
    """Return a webhook."""
    return session().scalar(select(InboxMessage).where(InboxMessage.public_id == public_id))


def message_by_external_id(account_id: int, external_id: str) -> InboxMessage | None:
    """Return the webhook that an account's provider calls by this id."""
    return session().scalar(
        select(InboxMessage).where(InboxMessage.account_id == account_id, InboxMessage.external_id == external_id)
    )


def messages_page(state: InboxState | None, cursor: str | None) -> Page[InboxMessage]:
    """Return a page of webhooks, the newest first; those of one state where one is given."""
    statement: Select[Any] = select(InboxMessage)
    if state is not None:
        statement = statement.where(InboxMessage.state == state)
    return page_of(statement, [InboxMessage.id], cursor)


def orphaned_messages(kind: JobKind[Any], before: datetime) -> list[tuple[int, bool]]:
    """Return the ids of webhooks received before an instant, not acted upon, that no job waits for.

    With each goes whether a job has tried it until its patience was spent.
    """
    its_job = and_(Job.kind == kind.name, Job.payload["inbox_id"].as_integer() == InboxMessage.id)
    driven = exists().where(its_job, Job.state.in_(LIVE_JOBS))
    given_up = exists().where(its_job, Job.state == JobState.DEAD)
    statement = select(InboxMessage.id, given_up).where(
        InboxMessage.state == InboxState.RECEIVED, InboxMessage.received_at < before, ~driven
    )
    rows = session().execute(statement.order_by(InboxMessage.id))
    return [(message_id, bool(gave_up)) for message_id, gave_up in rows]


def accounts_by_id(account_ids: Sequence[int]) -> dict[int, ProviderAccount]:
    """Return accounts by id."""
    rows = session().scalars(select(ProviderAccount).where(ProviderAccount.id.in_(set(account_ids))))
    return {row.id: row for row in rows}


def filled_secrets(row: ProviderAccount) -> frozenset[str]:
    """Return the names of the secrets that an account has."""
    secrets: dict[str, str] = {} if row.secrets is None else json.loads(row.secrets)
    return frozenset(name for name, value in secrets.items() if value)


def _found(row: ProviderAccount | None) -> ProviderAccount:
    if row is None:
        raise UnknownAccount(_("There is no such provider account."))
    return row
