"""Customers: persons and companies, their addresses, contacts, members, and what staff note about them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from praho.core.crypto import EncryptedField
from praho.core.db.base import (
    CUSTOMER_RANK,
    OWNED_RANK,
    Access,
    Base,
    BigId,
    CustomerOwned,
    of_customer,
)
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker
from praho.core.permissions import MemberRole


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class CustomerState(StrEnum):
    """active ⇄ closed by staff; from either to erased, for good, when who it is has to be forgotten."""

    ACTIVE = "active"
    CLOSED = "closed"
    ERASED = "erased"


class AddressKind(StrEnum):
    BILLING = "billing"


class ErasureState(StrEnum):
    """open → done | refused, by staff."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class ErasureChannel(StrEnum):
    """How a request to be forgotten came."""

    PORTAL = "portal"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in_person"


class Customer(CustomerOwned, Base):
    """A buyer. The row is also the lock under which a customer's money and lifecycles change.

    `name` is what documents print: the company's registered name or the person's full name. `cui` holds digits
    only and belongs to companies in Romania; `vat_payer` says whether it carries the RO prefix. `vat_id` is the VAT
    number with its prefix; outside the Union, where `vat_payer` is False, whatever number the company goes by. Two
    customers may share it: departments order apart, and nobody may keep a company out by registering its number
    first. The personal number is encrypted.
    `search` holds the words of the customer, its contacts and its members.
    """

    __tablename__ = "customers_customer"
    __portal_privileges__ = ("UPDATE",)
    __lock_rank__ = CUSTOMER_RANK
    __table_args__ = (
        one_of("kind", CustomerKind),
        one_of("state", CustomerState),
        Index("ix_customers_customer_search", "search", postgresql_using="gin"),
        Index("ix_customers_customer_name_sort_id", "name_sort", "id"),
        Index("ix_customers_customer_cui", "cui", postgresql_where=text("cui IS NOT NULL")),
    )

    id: Mapped[BigId]
    customer_id: Mapped[int] = synonym("id")
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("cus"))
    kind: Mapped[CustomerKind] = mapped_column(StrEnumType(CustomerKind))
    state: Mapped[CustomerState] = mapped_column(StrEnumType(CustomerState), default=CustomerState.ACTIVE)
    name: Mapped[str]
    name_sort: Mapped[str] = mapped_column(Text(collation="C"))
    email: Mapped[str]
    phone: Mapped[str | None]
    cui: Mapped[str | None] = mapped_column(String(10))
    vat_payer: Mapped[bool] = mapped_column(default=False)
    vat_id: Mapped[str | None] = mapped_column(String(20))
    reg_com: Mapped[str | None] = mapped_column(String(30))
    cnp_sealed: Mapped[str | None] = mapped_column(Text)
    cnp = EncryptedField("cnp_sealed")
    iban: Mapped[str | None] = mapped_column(String(34))
    locale: Mapped[str] = mapped_column(String(5), default="ro")
    currency: Mapped[str] = mapped_column(String(3), default="RON")
    search: Mapped[str] = mapped_column(SearchVector)
    created_at: Mapped[datetime]

    addresses: Mapped[list["CustomerAddress"]] = relationship(lazy="raise_on_sql", viewonly=True)


class CustomerAddress(CustomerOwned, Base):
    """Where the customer's documents are addressed to.

    In Romania `county_code` is `RO-XX`; in Bucharest `city` is `SECTOR1`…`SECTOR6`.
    """

    __tablename__ = "customers_address"
    __table_args__ = (
        of_customer(),
        one_of("kind", AddressKind),
        UniqueConstraint("customer_id", "kind"),
    )

    id: Mapped[BigId]
    kind: Mapped[AddressKind] = mapped_column(StrEnumType(AddressKind))
    street: Mapped[str]
    city: Mapped[str]
    county_code: Mapped[str | None] = mapped_column(String(10))
    post_code: Mapped[str | None] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))


class CustomerContact(CustomerOwned, Base):
    """A person at the customer's who is told about money, about technical matters, or about both."""

    __tablename__ = "customers_contact"
    __table_args__ = (of_customer(),)

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("con"))
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    billing: Mapped[bool] = mapped_column(default=False)
    technical: Mapped[bool] = mapped_column(default=False)


class CustomerNote(Base):
    """What staff write down about a customer; the portal's role cannot read it."""

    __tablename__ = "customers_note"
    __access__ = Access.STAFF

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("not"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers_customer.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class CustomerGroup(Base):
    """Customers who are treated alike: `discount_percent` comes off what they order, None for nothing.

    Hosting plans are meant; domains too where `with_domains` says so.
    """

    __tablename__ = "customers_group"
    __access__ = Access.STAFF
    __table_args__ = (CheckConstraint("discount_percent > 0 AND discount_percent <= 100", name="discount"),)

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("cgr"))
    name: Mapped[str] = mapped_column(String(80), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    with_domains: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class CustomerStanding(Base):
    """A customer's group and a discount of its own, which the portal's role can neither read nor change."""

    __tablename__ = "customers_standing"
    __access__ = Access.STAFF
    __table_args__ = (CheckConstraint("discount_percent > 0 AND discount_percent <= 100", name="discount"),)

    id: Mapped[BigId]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers_customer.id"), unique=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("customers_group.id"), index=True)
    discount_percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    with_domains: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class CustomerMember(CustomerOwned, Base):
    """A user's role in a customer. Access needs an active member of an active user."""

    __tablename__ = "customers_member"
    __table_args__ = (
        of_customer(),
        one_of("role", MemberRole),
        UniqueConstraint("user_id", "customer_id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("mem"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    role: Mapped[MemberRole] = mapped_column(StrEnumType(MemberRole))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class CustomerInvitation(CustomerOwned, Base):
    """An offer of membership, mailed as a link; at most one open one for an address."""

    __tablename__ = "customers_invitation"
    __table_args__ = (
        of_customer(),
        one_of("role", MemberRole),
        Index(
            "uq_customers_invitation_open",
            "customer_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("ivt"))
    email: Mapped[str]
    role: Mapped[MemberRole] = mapped_column(StrEnumType(MemberRole))
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ErasureRequest(Base):
    """Somebody's wish to be forgotten (GDPR art. 17), and the answer. `received_on` and `due_on` are Bucharest dates.

    `report` says, once it is done, what became of each table's rows: `[{table, treatment, rows, ground, until}]`.
    """

    __tablename__ = "customers_erasure_request"
    __access__ = Access.STAFF
    __lock_rank__ = OWNED_RANK
    __table_args__ = (
        one_of("state", ErasureState),
        one_of("channel", ErasureChannel),
        CheckConstraint("due_on > received_on", name="due_on"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state = 'done') = (report IS NOT NULL)", name="report"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
        Index(
            "uq_customers_erasure_request_open",
            "customer_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_customers_erasure_request_customer_id_id", "customer_id", "id"),
        Index("ix_customers_erasure_request_state_due_on_id", "state", "due_on", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("era"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers_customer.id"))
    state: Mapped[ErasureState] = mapped_column(StrEnumType(ErasureState), default=ErasureState.OPEN)
    channel: Mapped[ErasureChannel] = mapped_column(StrEnumType(ErasureChannel))
    received_on: Mapped[date]
    due_on: Mapped[date]
    recorded_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    report: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))


class RegistryEntry(Base):
    """What ANAF's register of taxpayers said about a CUI the last time it answered; `found` False is an answer too.

    `on_collection` is TVA la încasare; `inactive_since` and `struck_off_on` are Bucharest dates.
    """

    __tablename__ = "customers_registry_entry"
    __access__ = Access.STAFF

    id: Mapped[BigId]
    cui: Mapped[str] = mapped_column(String(10), unique=True)
    found: Mapped[bool]
    name: Mapped[str] = mapped_column(default="")
    reg_com: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    county_code: Mapped[str | None] = mapped_column(String(10))
    post_code: Mapped[str | None] = mapped_column(String(20))
    vat_payer: Mapped[bool] = mapped_column(default=False)
    on_collection: Mapped[bool] = mapped_column(default=False)
    inactive: Mapped[bool] = mapped_column(default=False)
    inactive_since: Mapped[date | None]
    struck_off_on: Mapped[date | None]
    answered_at: Mapped[datetime] = mapped_column(index=True)


class VatIdCheck(Base):
    """An answer of VIES about a VAT number, kept for ever: `consultation` proves what it was on that day."""

    __tablename__ = "customers_vat_id_check"
    __access__ = Access.STAFF
    __append_only__ = True
    __table_args__ = (Index("ix_customers_vat_id_check_vat_id_id", "vat_id", "id"),)

    id: Mapped[BigId]
    vat_id: Mapped[str] = mapped_column(String(20))
    valid: Mapped[bool]
    consultation: Mapped[str | None] = mapped_column(String(60))
    requester: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str | None]
    address: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime]
