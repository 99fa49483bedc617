"""Payment attempts, payments, allocations, the ledger, and money that waits for a human."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import (
    Access,
    Base,
    BigId,
    CustomerOwned,
    Minor,
    child_of,
    of_customer,
    owner_key,
)
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class AttemptState(StrEnum):
    """claimed → waiting | unknown → succeeded | declined | abandoned. Open ones are driven by the reconciler."""

    CLAIMED = "claimed"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    ABANDONED = "abandoned"


OPEN_ATTEMPTS = frozenset({AttemptState.CLAIMED, AttemptState.WAITING, AttemptState.UNKNOWN})


class PaymentMethod(StrEnum):
    CARD = "card"
    BANK_TRANSFER = "bank_transfer"
    CASH = "cash"


class LedgerKind(StrEnum):
    PAYMENT = "payment"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    WRITE_OFF_UNDONE = "write_off_undone"


class ParkedState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class PaymentAttempt(CustomerOwned, Base):
    """One try to collect money through one provider; `public_id` is the provider's idempotency key.

    Its shares say for which proformas; without any it adds funds to the customer's balance. `document_id` is the
    first of them, of which at most one attempt is open. Amount, currency and `request` are what the provider was
    asked for: a call that is repeated under the key says the same. `reason` is fit for the customer's eyes,
    `staff_note` is not. `ask_at` (machine time) is when the provider is asked next, while the attempt is open.
    """

    __tablename__ = "billing_payment_attempt"
    __portal_privileges__ = ("INSERT", "UPDATE")
    __table_args__ = (
        of_customer(),
        child_of("billing_document", "document_id"),
        owner_key(),
        one_of("state", AttemptState),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index(
            "uq_billing_payment_attempt_open",
            "document_id",
            unique=True,
            postgresql_where=text("state IN ('claimed', 'waiting', 'unknown')"),
        ),
        Index("ix_billing_payment_attempt_document_id_id", "document_id", "id"),
        Index(
            "ix_billing_payment_attempt_waiting",
            "ask_at",
            postgresql_where=text("state IN ('claimed', 'waiting', 'unknown')"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("pat"))
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"))
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[AttemptState] = mapped_column(StrEnumType(AttemptState))
    url: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    staff_note: Mapped[str | None] = mapped_column(Text)
    request: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    ask_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class PaymentAttemptShare(CustomerOwned, Base):
    """What an attempt is to pay on one proforma: what was left of it when the attempt was started."""

    __tablename__ = "billing_payment_attempt_share"
    __portal_privileges__ = ("INSERT",)
    __table_args__ = (
        child_of("billing_payment_attempt", "attempt_id"),
        child_of("billing_document", "document_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        UniqueConstraint("attempt_id", "document_id"),
        Index("ix_billing_payment_attempt_share_document_id", "document_id"),
    )

    id: Mapped[BigId]
    attempt_id: Mapped[int] = mapped_column(BigInteger)
    document_id: Mapped[int] = mapped_column(BigInteger)
    amount_minor: Mapped[Minor]


class Payment(CustomerOwned, Base):
    """Money received. A provider's own id is stored once for each account, so one charge is one payment."""

    __tablename__ = "billing_payment"
    __table_args__ = (
        of_customer(),
        owner_key(),
        child_of("billing_payment_attempt", "attempt_id"),
        one_of("method", PaymentMethod),
        CheckConstraint("amount_minor > 0", name="amount"),
        UniqueConstraint("account_id", "external_id"),
        UniqueConstraint("attempt_id"),
        Index("ix_billing_payment_customer_id_id", "customer_id", "id"),
        Index("ix_billing_payment_received_on", "received_on", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("pay"))
    method: Mapped[PaymentMethod] = mapped_column(StrEnumType(PaymentMethod))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("integrations_provider_account.id"))
    attempt_id: Mapped[int | None] = mapped_column(BigInteger)
    external_id: Mapped[str | None]
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    received_on: Mapped[date]
    reference: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class Refund(CustomerOwned, Base):
    """Money of a customer's balance that was sent back, as staff read it on the bank statement."""

    __tablename__ = "billing_refund"
    __table_args__ = (of_customer(), owner_key(), CheckConstraint("amount_minor > 0", name="amount"))

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("rfd"))
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    refunded_on: Mapped[date]
    reference: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class PaymentAllocation(CustomerOwned, Base):
    """A part of a payment, or of a credit note, that settles a document or was sent back.

    `counted_on` is the Bucharest date from which it counts: the day the money came, or, taken from the balance
    (`from_balance`), the day it was used. What was given to a proforma that has ended unpaid is free again.
    """

    __tablename__ = "billing_payment_allocation"
    __table_args__ = (
        child_of("billing_payment", "payment_id"),
        child_of("billing_document", "credit_note_id"),
        child_of("billing_document", "document_id"),
        child_of("billing_refund", "refund_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("num_nonnulls(payment_id, credit_note_id) = 1", name="source"),
        CheckConstraint("num_nonnulls(document_id, refund_id) = 1", name="target"),
        Index("ix_billing_payment_allocation_payment_id", "payment_id"),
        Index("ix_billing_payment_allocation_credit_note_id", "credit_note_id"),
        Index("ix_billing_payment_allocation_document_id", "document_id"),
    )

    id: Mapped[BigId]
    payment_id: Mapped[int | None] = mapped_column(BigInteger)
    credit_note_id: Mapped[int | None] = mapped_column(BigInteger)
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    refund_id: Mapped[int | None] = mapped_column(BigInteger)
    amount_minor: Mapped[Minor]
    from_balance: Mapped[bool] = mapped_column(default=False)
    counted_on: Mapped[date]
    created_at: Mapped[datetime]


class WriteOff(CustomerOwned, Base):
    """A remainder of a proforma that is not asked for any more, with the reason; it counts until it is undone."""

    __tablename__ = "billing_write_off"
    __table_args__ = (
        child_of("billing_document", "document_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index("ix_billing_write_off_document_id", "document_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("wof"))
    document_id: Mapped[int] = mapped_column(BigInteger)
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(BigInteger)
    undone_reason: Mapped[str | None] = mapped_column(Text)


class LedgerEntry(CustomerOwned, Base):
    """Append-only. Positive is what the customer owes (invoice, refund), negative what lowers that (payment)."""

    __tablename__ = "billing_ledger_entry"
    __append_only__ = True
    __table_args__ = (
        of_customer(),
        one_of("kind", LedgerKind),
        UniqueConstraint("kind", "reference"),
        Index("ix_billing_ledger_entry_customer_id_id", "customer_id", "id"),
    )

    id: Mapped[BigId]
    kind: Mapped[LedgerKind] = mapped_column(StrEnumType(LedgerKind))
    reference: Mapped[str] = mapped_column(String(60))
    amount_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    booked_on: Mapped[date]
    created_at: Mapped[datetime]


class ParkedPayment(Base):
    """Money (or a claim of money) that matches nothing safely: kept with its facts until staff decide."""

    __tablename__ = "billing_parked_payment"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("state", ParkedState),
        UniqueConstraint("account_id", "external_id"),
        Index("ix_billing_parked_payment_state_id", "state", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("prk"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("integrations_provider_account.id"))
    external_id: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(BigInteger)
    attempt_public_id: Mapped[str | None] = mapped_column(String(60))
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[ParkedState] = mapped_column(StrEnumType(ParkedState), default=ParkedState.OPEN)
    resolution: Mapped[str | None] = mapped_column(Text)
    resolved_by: Mapped[int | None] = mapped_column(BigInteger)
    resolved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class LedgerFinding(Base):
    """What the nightly check of the ledger found wrong; each run replaces what the one before had found."""

    __tablename__ = "billing_ledger_finding"
    __access__ = Access.STAFF

    id: Mapped[BigId]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers_customer.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    expected_minor: Mapped[Minor]
    found_minor: Mapped[Minor]
    found_at: Mapped[datetime]
