"""What is sold: product groups, hosting plans and their prices, top-level domains and theirs, and promo codes."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId, CustomerOwned, Minor, of_customer
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker


class BillingCycle(StrEnum):
    """How long one price covers, in calendar months from the anchor day."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    TRIENNIAL = "triennial"

    @property
    def months(self) -> int:
        """The length in calendar months."""
        return _MONTHS[self]


_MONTHS = {
    BillingCycle.MONTHLY: 1,
    BillingCycle.QUARTERLY: 3,
    BillingCycle.SEMIANNUAL: 6,
    BillingCycle.ANNUAL: 12,
    BillingCycle.BIENNIAL: 24,
    BillingCycle.TRIENNIAL: 36,
}


class SaleState(StrEnum):
    DRAFT = "draft"
    ON_SALE = "on_sale"
    RETIRED = "retired"


class DomainOperation(StrEnum):
    REGISTER = "register"
    RENEW = "renew"
    TRANSFER = "transfer"


class ProductGroup(Base):
    """A shelf of the shop. Texts are by locale: `{"ro": …, "en": …}`."""

    __tablename__ = "catalogue_group"
    __access__ = Access.SHARED

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("grp"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[dict[str, str]] = mapped_column(JSONB)
    description: Mapped[dict[str, str]] = mapped_column(JSONB)
    position: Mapped[int] = mapped_column(default=0)
    visible: Mapped[bool] = mapped_column(default=True)


class Product(Base):
    """A hosting plan. `remote_plan` is its name at the provisioner; `features` are lines by locale."""

    __tablename__ = "catalogue_product"
    __access__ = Access.SHARED
    __table_args__ = (
        one_of("state", SaleState),
        CheckConstraint(
            "state <> 'on_sale' OR (provider_account_id IS NOT NULL AND remote_plan <> '')", name="on_sale"
        ),
        Index("ix_catalogue_product_group_id_position", "group_id", "position", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("prd"))
    group_id: Mapped[int] = mapped_column(ForeignKey("catalogue_group.id"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[dict[str, str]] = mapped_column(JSONB)
    description: Mapped[dict[str, str]] = mapped_column(JSONB)
    features: Mapped[dict[str, list[str]]] = mapped_column(JSONB)
    state: Mapped[SaleState] = mapped_column(StrEnumType(SaleState), default=SaleState.DRAFT)
    position: Mapped[int] = mapped_column(default=0)
    highlighted: Mapped[bool] = mapped_column(default=False)
    provider_account_id: Mapped[int | None] = mapped_column(ForeignKey("integrations_provider_account.id"))
    remote_plan: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class ProductPrice(Base):
    """The net price of one whole cycle in one currency. No row means not sold so; zero means free."""

    __tablename__ = "catalogue_product_price"
    __access__ = Access.SHARED
    __table_args__ = (
        UniqueConstraint("product_id", "cycle", "currency"),
        one_of("cycle", BillingCycle),
        CheckConstraint("amount_minor >= 0 AND setup_minor >= 0", name="not_negative"),
    )

    id: Mapped[BigId]
    product_id: Mapped[int] = mapped_column(ForeignKey("catalogue_product.id"))
    cycle: Mapped[BillingCycle] = mapped_column(StrEnumType(BillingCycle))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[Minor]
    setup_minor: Mapped[Minor] = mapped_column(default=0)


class Tld(Base):
    """A suffix under which domains are sold, such as `ro` or `com.ro`, through one registrar account."""

    __tablename__ = "catalogue_tld"
    __access__ = Access.SHARED
    __table_args__ = (
        one_of("state", SaleState),
        CheckConstraint("min_years >= 1 AND max_years >= min_years AND max_years <= 10", name="years"),
        CheckConstraint("state <> 'on_sale' OR provider_account_id IS NOT NULL", name="on_sale"),
        Index("ix_catalogue_tld_position", "position", "name", "id"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("tld"))
    name: Mapped[str] = mapped_column(String(63), unique=True)
    provider_account_id: Mapped[int | None] = mapped_column(ForeignKey("integrations_provider_account.id"))
    state: Mapped[SaleState] = mapped_column(StrEnumType(SaleState), default=SaleState.DRAFT)
    min_years: Mapped[int] = mapped_column(default=1)
    max_years: Mapped[int] = mapped_column(default=10)
    position: Mapped[int] = mapped_column(default=0)


class TldPrice(Base):
    """The net price of an operation for a number of years, in one currency. No row means not sold so."""

    __tablename__ = "catalogue_tld_price"
    __access__ = Access.SHARED
    __table_args__ = (
        UniqueConstraint("tld_id", "operation", "years", "currency"),
        one_of("operation", DomainOperation),
        CheckConstraint("amount_minor >= 0", name="not_negative"),
        CheckConstraint("years BETWEEN 1 AND 10", name="years"),
    )

    id: Mapped[BigId]
    tld_id: Mapped[int] = mapped_column(ForeignKey("catalogue_tld.id"))
    operation: Mapped[DomainOperation] = mapped_column(StrEnumType(DomainOperation))
    years: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[Minor]


class DiscountKind(StrEnum):
    """What a discount does to what it is for: setup fees are touched by `free_setup` alone."""

    PERCENT = "percent"
    FIXED = "fixed"
    """So much off the order, shared out over what the code is for."""
    FREE_SETUP = "free_setup"
    PRICE = "price"
    """A price of its own for each period, in place of the list price."""


class DiscountTarget(StrEnum):
    EVERYTHING = "everything"
    PLANS = "plans"
    DOMAINS = "domains"


class PromoState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


class RedemptionState(StrEnum):
    """reserved (with the order) → used (once it is paid) | released (the order ended); used → released as well.

    The driver is the order: its payment, its end.
    """

    RESERVED = "reserved"
    USED = "used"
    RELEASED = "released"


class PromoCode(Base):
    """What a word typed in the cart takes off. `amounts` are net, in minor units by currency.

    The dates are Bucharest dates, both included. Empty lists of products, cycles and endings mean all of them.
    `first_cycles` says for how many periods of a service it holds, None for as long as the service runs.
    """

    __tablename__ = "catalogue_promo_code"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("state", PromoState),
        one_of("kind", DiscountKind),
        one_of("target", DiscountTarget),
        CheckConstraint("(kind = 'percent') = (percent IS NOT NULL)", name="percent"),
        CheckConstraint("percent > 0 AND percent <= 100", name="percent_range"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("max_uses >= 1", name="max_uses"),
        CheckConstraint("first_cycles >= 1", name="first_cycles"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("prc"))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[PromoState] = mapped_column(StrEnumType(PromoState), default=PromoState.ACTIVE)
    kind: Mapped[DiscountKind] = mapped_column(StrEnumType(DiscountKind))
    percent: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    amounts: Mapped[dict[str, int]] = mapped_column(JSONB)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    max_uses: Mapped[int | None]
    once_per_customer: Mapped[bool] = mapped_column(default=True)
    new_customers_only: Mapped[bool] = mapped_column(default=False)
    target: Mapped[DiscountTarget] = mapped_column(StrEnumType(DiscountTarget), default=DiscountTarget.EVERYTHING)
    product_ids: Mapped[list[int]] = mapped_column(JSONB)
    cycles: Mapped[list[str]] = mapped_column(JSONB)
    tlds: Mapped[list[str]] = mapped_column(JSONB)
    first_cycles: Mapped[int | None]
    created_at: Mapped[datetime]


class Redemption(CustomerOwned, Base):
    """One use of a code by one order, and what it took off, net. `once` keeps a second one from the same customer.

    `order_ref` is the order's public id: orders know codes, codes do not know orders.
    """

    __tablename__ = "catalogue_redemption"
    __table_args__ = (
        of_customer(),
        one_of("state", RedemptionState),
        CheckConstraint("discount_minor >= 0", name="discount"),
        Index(
            "uq_catalogue_redemption_once",
            "code_id",
            "customer_id",
            unique=True,
            postgresql_where=text("once AND state <> 'released'"),
        ),
        Index("ix_catalogue_redemption_code_id_id", "code_id", "id"),
    )

    id: Mapped[BigId]
    code_id: Mapped[int] = mapped_column(ForeignKey("catalogue_promo_code.id"))
    order_ref: Mapped[str] = mapped_column(String(60), unique=True)
    order_number: Mapped[str] = mapped_column(String(20))
    state: Mapped[RedemptionState] = mapped_column(StrEnumType(RedemptionState), default=RedemptionState.RESERVED)
    once: Mapped[bool]
    currency: Mapped[str] = mapped_column(String(3))
    discount_minor: Mapped[Minor]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
