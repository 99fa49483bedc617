"""Keep which invoices are advances, and which invoices took them back."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_advances"
down_revision = "20261122_report_periods"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT ON billing_advance TO praho_staff",
    "GRANT SELECT ON billing_advance TO praho_portal",
    "ALTER TABLE billing_advance ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_advance TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_advance TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_advance_use TO praho_staff",
    "GRANT SELECT ON billing_advance_use TO praho_portal",
    "ALTER TABLE billing_advance_use ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_advance_use TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_advance_use TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]


def upgrade() -> None:
    op.create_table(
        "billing_advance",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("net_minor > 0", name=op.f("ck_billing_advance_net")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_advance_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_advance")),
        sa.UniqueConstraint("document_id", name=op.f("uq_billing_advance_document_id")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_advance_id_customer_id")),
    )
    op.create_index(op.f("ix_billing_advance_customer_id"), "billing_advance", ["customer_id"], unique=False)
    op.create_table(
        "billing_advance_use",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("advance_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("before_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("net_minor > 0 AND before_minor >= 0", name=op.f("ck_billing_advance_use_net")),
        sa.ForeignKeyConstraint(
            ["advance_id", "customer_id"],
            ["billing_advance.id", "billing_advance.customer_id"],
            name=op.f("fk_billing_advance_use_advance_id_customer_id_billing_advance"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_advance_use_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_advance_use")),
        sa.UniqueConstraint("advance_id", "before_minor", name=op.f("uq_billing_advance_use_advance_id_before_minor")),
        sa.UniqueConstraint("advance_id", "document_id", name=op.f("uq_billing_advance_use_advance_id_document_id")),
    )
    op.create_index(op.f("ix_billing_advance_use_customer_id"), "billing_advance_use", ["customer_id"], unique=False)
    for statement in GRANTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
