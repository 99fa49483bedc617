"""Domain names that customers hold through us."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Base, BigId, CustomerOwned, of_customer, owner_key
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker


class DomainState(StrEnum):
    """registering (its job) → active | failed (staff decide). `unknown` outcomes stay registering until settled."""

    REGISTERING = "registering"
    ACTIVE = "active"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE_DOMAINS = (DomainState.REGISTERING, DomainState.ACTIVE)


class DomainName(CustomerOwned, Base):
    """A domain. `expires_on` is what the registry says, never what we reckon. `origin` makes it once per item.

    `registrant` is the contact that the registry is given, as encrypted JSON, because it may hold a personal code.
    `failure` is for staff and may quote the registry; `failure_reason` is one of the plugin kit's reasons.
    """

    __tablename__ = "domains_domain"
    __table_args__ = (
        of_customer(),
        owner_key(),
        one_of("state", DomainState),
        Index(
            "uq_domains_domain_name_live",
            "name",
            unique=True,
            postgresql_where=text("state IN ('registering', 'active')"),
        ),
        Index("ix_domains_domain_customer_id_id", "customer_id", "id"),
        Index("ix_domains_domain_state_id", "state", "id"),
        Index("ix_domains_domain_search", "search", postgresql_using="gin"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("dom"))
    origin: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(253))
    tld: Mapped[str] = mapped_column(String(63))
    state: Mapped[DomainState] = mapped_column(StrEnumType(DomainState))
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"))
    years: Mapped[int]
    registrant_sealed: Mapped[str] = mapped_column(Text)
    registrant = EncryptedField("registrant_sealed")
    nameservers: Mapped[list[str]] = mapped_column(JSONB)
    registered_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    remote_id: Mapped[str | None]
    failure: Mapped[str | None] = mapped_column(Text)
    failure_reason: Mapped[str | None] = mapped_column(String(40))
    search: Mapped[str] = mapped_column(SearchVector)
    created_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]
