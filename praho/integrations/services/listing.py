"""Operations and calls as the pages of this and other domains show them."""

from praho.integrations import repos
from praho.integrations.types import CallLine, OperationLine
from praho.models.integrations import ProviderAccount, ProviderCall, ProviderOperation


def operations_of(subject_kind: str, subject_id: str, limit: int = 20) -> list[OperationLine]:
    """Return what was asked of providers for a subject, the newest first. One query."""
    return [operation_line(*pair) for pair in repos.operations_of(subject_kind, subject_id, limit)]


def calls_of(subject_kind: str, subject_id: str, limit: int = 50) -> list[CallLine]:
    """Return the calls that were made for a subject, the newest first. One query."""
    return [call_line(row) for row in repos.calls_of_subject(subject_kind, subject_id, limit)]


def operation_line(row: ProviderOperation, account: ProviderAccount) -> OperationLine:
    """Return an operation as a page shows it."""
    return OperationLine(
        public_id=row.public_id,
        kind=row.kind,
        account_label=account.label,
        account_public_id=account.public_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        state=row.state,
        reason=row.reason,
        request=row.request,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def call_line(row: ProviderCall) -> CallLine:
    """Return a call as a page shows it."""
    return CallLine(row.at, row.name, row.outcome, row.detail, row.milliseconds, row.request_id)
