"""Services: hosting accounts that run at a provisioner."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Base, BigId, CustomerOwned, Minor, of_customer, owner_key
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker
from praho.models.catalogue import BillingCycle


class ServiceState(StrEnum):
    """creating (its job) → active | failed (staff decide). Active only after payment and a confirmed result."""

    CREATING = "creating"
    ACTIVE = "active"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Service(CustomerOwned, Base):
    """A hosting account and its paid term (Bucharest dates, `term_end` is the first day not paid).

    `plan` is the package's name at the provider, `contact_email` the address that the provider was given.
    Of `price_minor`, the net price of a cycle, `renewal_discount_minor` comes off at each of the next
    `renewal_discount_cycles` renewals; None means at every one.
    `anchor_day` is the day of the month at which terms begin, kept through shorter months. `credentials` are
    encrypted and erased when the customer has seen them; `origin` makes it once per item. `failure` is for staff and
    may quote the provider; `failure_reason` is one of the plugin kit's reasons.
    """

    __tablename__ = "provisioning_service"
    __portal_privileges__ = ("UPDATE (credentials_sealed, credentials_revealed_at)",)
    __table_args__ = (
        of_customer(),
        owner_key(),
        one_of("state", ServiceState),
        one_of("cycle", BillingCycle),
        CheckConstraint("term_end > term_start", name="term"),
        CheckConstraint("anchor_day BETWEEN 1 AND 31", name="anchor_day"),
        CheckConstraint("price_minor >= 0", name="price"),
        CheckConstraint("renewal_discount_minor BETWEEN 0 AND price_minor", name="renewal_discount"),
        Index("ix_provisioning_service_customer_id_id", "customer_id", "id"),
        Index("ix_provisioning_service_state_id", "state", "id"),
        Index("ix_provisioning_service_search", "search", postgresql_using="gin"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("svc"))
    origin: Mapped[str] = mapped_column(String(120), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("catalogue_product.id"))
    label: Mapped[str]
    domain_name: Mapped[str | None] = mapped_column(String(253))
    state: Mapped[ServiceState] = mapped_column(StrEnumType(ServiceState))
    account_id: Mapped[int] = mapped_column(ForeignKey("integrations_provider_account.id"))
    plan: Mapped[str] = mapped_column(Text)
    contact_email: Mapped[str]
    cycle: Mapped[BillingCycle] = mapped_column(StrEnumType(BillingCycle))
    price_minor: Mapped[Minor]
    renewal_discount_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    renewal_discount_cycles: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    term_start: Mapped[date | None]
    term_end: Mapped[date | None]
    anchor_day: Mapped[int | None]
    remote_id: Mapped[str | None]
    username: Mapped[str | None]
    panel_url: Mapped[str | None] = mapped_column(Text)
    credentials_sealed: Mapped[str | None] = mapped_column(Text)
    credentials = EncryptedField("credentials_sealed")
    credentials_revealed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)
    failure_reason: Mapped[str | None] = mapped_column(String(40))
    search: Mapped[str] = mapped_column(SearchVector)
    created_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]
