"""Promo codes and their redemptions, customer groups, and what orders and services keep of a discount."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_discounts"
down_revision = "20261122_first"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_promo_code TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_group TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_redemption TO praho_staff",
    "GRANT SELECT ON catalogue_redemption TO praho_portal",
    "ALTER TABLE catalogue_redemption ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON catalogue_redemption TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON catalogue_redemption TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_standing TO praho_staff",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]

CHECKS = [
    ("orders_cart", "allowance", "allowance_minor >= 0"),
    ("orders_cart_item", "discount", "discount_minor >= 0"),
    ("orders_order", "allowance", "allowance_minor >= 0"),
    ("orders_item", "discount", "discount_minor BETWEEN 0 AND price_minor + setup_minor"),
    ("orders_item", "renewal_discount", "renewal_discount_minor BETWEEN 0 AND price_minor"),
    ("provisioning_service", "renewal_discount", "renewal_discount_minor BETWEEN 0 AND price_minor"),
]


def upgrade() -> None:
    op.create_table(
        "catalogue_promo_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("amounts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("once_per_customer", sa.Boolean(), nullable=False),
        sa.Column("new_customers_only", sa.Boolean(), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("product_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cycles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tlds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("first_cycles", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'percent') = (percent IS NOT NULL)", name=op.f("ck_catalogue_promo_code_percent")),
        sa.CheckConstraint(
            "kind IN ('percent', 'fixed', 'free_setup', 'price')", name=op.f("ck_catalogue_promo_code_kind")
        ),
        sa.CheckConstraint("state IN ('active', 'paused')", name=op.f("ck_catalogue_promo_code_state")),
        sa.CheckConstraint("target IN ('everything', 'plans', 'domains')", name=op.f("ck_catalogue_promo_code_target")),
        sa.CheckConstraint("first_cycles >= 1", name=op.f("ck_catalogue_promo_code_first_cycles")),
        sa.CheckConstraint("max_uses >= 1", name=op.f("ck_catalogue_promo_code_max_uses")),
        sa.CheckConstraint("percent > 0 AND percent <= 100", name=op.f("ck_catalogue_promo_code_percent_range")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_catalogue_promo_code_validity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_promo_code")),
        sa.UniqueConstraint("code", name=op.f("uq_catalogue_promo_code_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_catalogue_promo_code_public_id")),
    )
    op.create_table(
        "customers_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("discount_percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("with_domains", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "discount_percent > 0 AND discount_percent <= 100", name=op.f("ck_customers_group_discount")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_group")),
        sa.UniqueConstraint("name", name=op.f("uq_customers_group_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_group_public_id")),
    )
    op.create_table(
        "catalogue_redemption",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code_id", sa.BigInteger(), nullable=False),
        sa.Column("order_ref", sa.String(length=60), nullable=False),
        sa.Column("order_number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('reserved', 'used', 'released')", name=op.f("ck_catalogue_redemption_state")),
        sa.CheckConstraint("discount_minor >= 0", name=op.f("ck_catalogue_redemption_discount")),
        sa.ForeignKeyConstraint(
            ["code_id"], ["catalogue_promo_code.id"], name=op.f("fk_catalogue_redemption_code_id_catalogue_promo_code")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_catalogue_redemption_customer_id_customers_customer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_redemption")),
        sa.UniqueConstraint("order_ref", name=op.f("uq_catalogue_redemption_order_ref")),
    )
    op.create_index("ix_catalogue_redemption_code_id_id", "catalogue_redemption", ["code_id", "id"], unique=False)
    op.create_index(op.f("ix_catalogue_redemption_customer_id"), "catalogue_redemption", ["customer_id"], unique=False)
    op.create_index(
        "uq_catalogue_redemption_once",
        "catalogue_redemption",
        ["code_id", "customer_id"],
        unique=True,
        postgresql_where=sa.text("once AND state <> 'released'"),
    )
    op.create_table(
        "customers_standing",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("discount_percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("with_domains", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "discount_percent > 0 AND discount_percent <= 100", name=op.f("ck_customers_standing_discount")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_customers_standing_customer_id_customers_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["customers_group.id"], name=op.f("fk_customers_standing_group_id_customers_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_standing")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_customers_standing_customer_id")),
    )
    op.create_index(op.f("ix_customers_standing_group_id"), "customers_standing", ["group_id"], unique=False)
    op.add_column("orders_cart", sa.Column("promo_code", sa.String(length=40), nullable=True))
    op.add_column("orders_cart", sa.Column("allowance_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("orders_cart", sa.Column("discount_reason", sa.Text(), nullable=True))
    op.add_column("orders_cart_item", sa.Column("discount_minor", sa.BigInteger(), nullable=True))
    op.add_column("orders_item", sa.Column("discount_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("orders_item", sa.Column("discount_label", sa.Text(), nullable=True))
    op.add_column(
        "orders_item", sa.Column("renewal_discount_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("orders_item", sa.Column("renewal_discount_cycles", sa.Integer(), server_default="0", nullable=True))
    op.add_column("orders_order", sa.Column("allowance_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("orders_order", sa.Column("promo_code", sa.String(length=40), nullable=True))
    op.add_column("orders_order", sa.Column("discount_reason", sa.Text(), nullable=True))
    op.add_column(
        "provisioning_service", sa.Column("renewal_discount_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "provisioning_service", sa.Column("renewal_discount_cycles", sa.Integer(), server_default="0", nullable=True)
    )
    for table, name, condition in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    for statement in GRANTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
