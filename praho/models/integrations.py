"""Provider accounts, the operations done through them, their calls, and the webhook inbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import OWNED_RANK, Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class ProviderKind(StrEnum):
    """The trades of plugins, by the names that the plugin kit gives them."""

    REGISTRAR = "registrar"
    PROVISIONER = "provisioner"
    PAYMENT = "payment_provider"


class OperationState(StrEnum):
    """Driven by the operation's job; `unknown` and `pending` are settled by asking the provider."""

    CLAIMED = "claimed"
    SUCCEEDED = "succeeded"
    REJECTED = "rejected"
    PENDING = "pending"
    UNKNOWN = "unknown"


OPEN_OPERATIONS = (OperationState.CLAIMED, OperationState.PENDING, OperationState.UNKNOWN)


class CallOutcome(StrEnum):
    """What a call came to: an outcome of the plugin kit, `answered` for a reading one, `not_sent` for none at all."""

    SUCCEEDED = "succeeded"
    REJECTED = "rejected"
    PENDING = "pending"
    NEEDS_ACTION = "needs_action"
    UNKNOWN = "unknown"
    ANSWERED = "answered"
    NOT_SENT = "not_sent"


class InboxState(StrEnum):
    """received (its job) → handled | failed (staff, or the provider's next repeat, hand it over again)."""

    RECEIVED = "received"
    HANDLED = "handled"
    FAILED = "failed"


class ProviderAccount(Base):
    """One account at one provider, through one plugin. Secrets are encrypted as one JSON object."""

    __tablename__ = "integrations_provider_account"
    __access__ = Access.STAFF
    __table_args__ = (one_of("kind", ProviderKind),)

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("acc"))
    plugin: Mapped[str] = mapped_column(String(60))
    kind: Mapped[ProviderKind] = mapped_column(StrEnumType(ProviderKind))
    label: Mapped[str]
    live: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    secrets_sealed: Mapped[str | None] = mapped_column(Text)
    secrets = EncryptedField("secrets_sealed")
    created_at: Mapped[datetime]
    tested_at: Mapped[datetime | None]
    test_error: Mapped[str | None] = mapped_column(Text)


class ProviderOperation(Base):
    """The claim of one outside effect: written before the call, decided after it, never called anew.

    `intent` names what it is for (an order item), so that a second legitimate renewal is another operation and a
    retry is the same one. `public_id` is the idempotency key that the provider sees. `request` is what was asked
    for, as staff read it: ids and names, no secrets and no personal codes. `called_at` (machine time) is set before
    the first call leaves; a claim with it and without an answer is as good as unknown.
    """

    __tablename__ = "integrations_operation"
    __access__ = Access.STAFF
    __lock_rank__ = OWNED_RANK
    __table_args__ = (
        one_of("state", OperationState),
        UniqueConstraint("kind", "intent"),
        Index(
            "ix_integrations_operation_open",
            "id",
            postgresql_where=text("state IN ('claimed', 'pending', 'unknown')"),
        ),
        Index("ix_integrations_operation_subject", "subject_kind", "subject_id"),
        Index("ix_integrations_operation_state_id", "state", "id"),
        Index("ix_integrations_operation_customer_id", "customer_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("op"))
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(60))
    intent: Mapped[str] = mapped_column(String(120))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))
    state: Mapped[OperationState] = mapped_column(StrEnumType(OperationState))
    called_at: Mapped[datetime | None]
    request: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reference: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class ProviderCall(Base):
    """One call of a plugin, as the log shows it: masked, with its outcome and duration. Old rows are pruned."""

    __tablename__ = "integrations_call"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("outcome", CallOutcome),
        Index("ix_integrations_call_account_id_id", "account_id", "id"),
        Index("ix_integrations_call_at", "at"),
    )

    id: Mapped[BigId]
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"))
    operation_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[CallOutcome] = mapped_column(StrEnumType(CallOutcome))
    detail: Mapped[str] = mapped_column(Text)
    milliseconds: Mapped[int]
    request_id: Mapped[str | None]
    at: Mapped[datetime]


class InboxMessage(Base):
    """A verified webhook, kept as its raw bytes; `external_id` is the provider's event, stored once."""

    __tablename__ = "integrations_inbox"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("state", InboxState),
        UniqueConstraint("account_id", "external_id"),
        Index("ix_integrations_inbox_state_id", "state", "id"),
        Index("ix_integrations_inbox_payment_key", text("(event #>> '{payment,key}')")),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("wh"))
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"))
    external_id: Mapped[str]
    event: Mapped[dict[str, Any]] = mapped_column(JSONB)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[InboxState] = mapped_column(StrEnumType(InboxState), default=InboxState.RECEIVED)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
