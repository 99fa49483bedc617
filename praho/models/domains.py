"""Domain names that customers hold through us."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Base, BigId, CustomerOwned, of_customer, owner_key
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker


class DomainState(StrEnum):
    """registering (its job) → active | failed (staff decide). `unknown` outcomes stay registering until settled."""

    REGISTERING = "registering"
    ACTIVE = "active"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DomainName(CustomerOwned, Base):
    """A domain. `expires_on` is what the registry says, never what we reckon. `origin` makes it once per item."""

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
    registrant: Mapped[dict[str, Any]] = mapped_column(JSONB)
    nameservers: Mapped[list[str]] = mapped_column(JSONB)
    registered_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    failure: Mapped[str | None] = mapped_column(Text)
    search: Mapped[str] = mapped_column(SearchVector)
    created_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]
