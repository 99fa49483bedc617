"""What the floors above see of accounts and operations: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from praho.models.integrations import OperationState, ProviderKind


@dataclass(frozen=True, slots=True)
class Account:
    """A provider account. `values` are all its settings as kept, secrets included: not for templates or logs."""

    id: int
    public_id: str
    plugin: str
    kind: ProviderKind
    label: str
    live: bool
    active: bool
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """One outside effect as its job sees it.

    `key` is the idempotency key that the provider is given; `earlier_keys` are those of former operations of the
    same kind for the same subject, which a retry looks for before it asks for anything new. Times are machine time.
    """

    id: int
    key: str
    earlier_keys: tuple[str, ...]
    kind: str
    account_id: int
    customer_id: int | None
    subject_kind: str
    subject_id: str
    state: OperationState
    called_at: datetime | None
    created_at: datetime

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key under which the provider may have what this operation is for."""
        return (self.key, *self.earlier_keys)


@dataclass(frozen=True, slots=True)
class OperationLine:
    """An operation as a page shows it."""

    public_id: str
    kind: str
    account_label: str
    account_public_id: str
    subject_kind: str
    subject_id: str
    state: OperationState
    reason: str | None
    request: Mapping[str, Any]
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call as a page shows it; `detail` is masked."""

    at: datetime
    name: str
    outcome: str
    detail: str
    milliseconds: int
    request_id: str | None
