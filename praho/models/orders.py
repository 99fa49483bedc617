"""Carts and orders."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from praho.core.crypto import EncryptedField
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
from praho.core.db.types import SearchVector, StrEnumType, one_of
from praho.core.ids import public_id_maker


class ItemKind(StrEnum):
    HOSTING = "hosting"
    DOMAIN = "domain"


class CartState(StrEnum):
    OPEN = "open"
    ORDERED = "ordered"


class OrderState(StrEnum):
    """awaiting_payment (payment event, or the lapse sweep) → in_progress (item jobs) → completed; or it ends."""

    AWAITING_PAYMENT = "awaiting_payment"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class ItemState(StrEnum):
    """waiting (for payment) → delivering (its job) → delivered | failed (staff retry or cancel)."""

    WAITING = "waiting"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Cart(Base):
    """What a visitor has chosen. The cookie holds a token of which only the hash is here; sign-in keeps it.

    `details` is what was typed at the checkout so far, as JSON; it ends with the order or with the cart. The promo
    code is kept as typed, right or wrong. Only staff fill `allowance_minor`, a discount on the whole order, and the
    reason for what they take off.
    """

    __tablename__ = "orders_cart"
    __access__ = Access.STAFF
    __table_args__ = (one_of("state", CartState), CheckConstraint("allowance_minor >= 0", name="allowance"))

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("crt"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    state: Mapped[CartState] = mapped_column(StrEnumType(CartState), default=CartState.OPEN)
    currency: Mapped[str] = mapped_column(String(3), default="RON")
    order_public_id: Mapped[str | None] = mapped_column(String(60))
    promo_code: Mapped[str | None] = mapped_column(String(40))
    allowance_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    discount_reason: Mapped[str | None] = mapped_column(Text)
    details_sealed: Mapped[str | None] = mapped_column(Text)
    details = EncryptedField("details_sealed")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class CartItem(Base):
    """One thing in a cart: a plan for a cycle (with the domain it is for), or a domain for some years.

    `discount_minor` is what staff take off it in place of any other discount; None where they said nothing.
    """

    __tablename__ = "orders_cart_item"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("kind", ItemKind),
        CheckConstraint("discount_minor >= 0", name="discount"),
        Index(
            "uq_orders_cart_item_domain",
            "cart_id",
            "domain_name",
            unique=True,
            postgresql_where=text("kind = 'domain'"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("cit"))
    cart_id: Mapped[int] = mapped_column(ForeignKey("orders_cart.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(StrEnumType(ItemKind))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_product.id"))
    cycle: Mapped[str | None] = mapped_column(String(20))
    domain_name: Mapped[str | None] = mapped_column(String(253))
    years: Mapped[int | None]
    discount_minor: Mapped[Minor | None]
    created_at: Mapped[datetime]


class Order(CustomerOwned, Base):
    """What a customer ordered, with the texts and prices of that moment, and the proforma that asks for the money.

    `terms_note` says how a customer for whom staff ordered agreed to the terms: by phone, by e-mail of which day.
    `promo_code` is the one that was redeemed; `allowance_minor` what staff took off the whole, net, and
    `discount_reason` why.
    """

    __tablename__ = "orders_order"
    __table_args__ = (
        of_customer(),
        owner_key(),
        child_of("billing_document", "proforma_id"),
        one_of("state", OrderState),
        CheckConstraint("allowance_minor >= 0", name="allowance"),
        Index("ix_orders_order_customer_id_id", "customer_id", "id"),
        Index("ix_orders_order_state_id", "state", "id"),
        Index(
            "ix_orders_order_lapses_on",
            "lapses_on",
            "id",
            postgresql_where=text("state = 'awaiting_payment'"),
        ),
        Index("ix_orders_order_search", "search", postgresql_using="gin"),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("ord"))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[OrderState] = mapped_column(StrEnumType(OrderState))
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(5))
    net_minor: Mapped[Minor]
    vat_minor: Mapped[Minor]
    total_minor: Mapped[Minor]
    allowance_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    promo_code: Mapped[str | None] = mapped_column(String(40))
    discount_reason: Mapped[str | None] = mapped_column(Text)
    proforma_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    placed_by: Mapped[int | None] = mapped_column(BigInteger)
    placed_by_staff: Mapped[bool] = mapped_column(default=False)
    terms_version: Mapped[str] = mapped_column(String(40))
    terms_accepted_at: Mapped[datetime]
    terms_ip: Mapped[str | None] = mapped_column(String(45))
    terms_note: Mapped[str | None] = mapped_column(Text)
    lapses_on: Mapped[date]
    search: Mapped[str] = mapped_column(SearchVector)
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    items: Mapped[list["OrderItem"]] = relationship(lazy="raise_on_sql", viewonly=True, order_by="OrderItem.position")


class OrderItem(CustomerOwned, Base):
    """One item; it makes exactly one service or domain, which carries this row's public id as its origin.

    `price_minor` and `setup_minor` are list prices, `discount_minor` is off both together, and `net_minor` what is
    left. Of the price of each of the next `renewal_discount_cycles` periods `renewal_discount_minor` comes off; None
    means every later period.
    """

    __tablename__ = "orders_item"
    __table_args__ = (
        child_of("orders_order", "order_id"),
        one_of("kind", ItemKind),
        one_of("state", ItemState),
        CheckConstraint("net_minor >= 0", name="net"),
        CheckConstraint("discount_minor BETWEEN 0 AND price_minor + setup_minor", name="discount"),
        CheckConstraint("renewal_discount_minor BETWEEN 0 AND price_minor", name="renewal_discount"),
        Index("ix_orders_item_order_id_position", "order_id", "position", unique=True),
        Index("ix_orders_item_failed", "id", postgresql_where=text("state = 'failed'")),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("itm"))
    order_id: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(StrEnumType(ItemKind))
    state: Mapped[ItemState] = mapped_column(StrEnumType(ItemState))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_product.id"))
    cycle: Mapped[str | None] = mapped_column(String(20))
    domain_name: Mapped[str | None] = mapped_column(String(253))
    years: Mapped[int | None]
    description: Mapped[str] = mapped_column(Text)
    price_minor: Mapped[Minor]
    setup_minor: Mapped[Minor]
    discount_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    discount_label: Mapped[str | None] = mapped_column(Text)
    renewal_discount_minor: Mapped[Minor] = mapped_column(default=0, server_default="0")
    renewal_discount_cycles: Mapped[int | None]
    net_minor: Mapped[Minor]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    failure: Mapped[str | None] = mapped_column(Text)
