"""Keep the connection to ANAF's e-Factura service."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_efactura_connection"
down_revision = "20261122_efactura_sending"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_efactura_connection TO praho_staff",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]


def upgrade() -> None:
    op.create_table(
        "billing_efactura_connection",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("environment", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("client_secret_sealed", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("access_token_sealed", sa.Text(), nullable=True),
        sa.Column("access_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refresh_token_sealed", sa.Text(), nullable=True),
        sa.Column("refresh_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refreshing_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_sealed", sa.Text(), nullable=True),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "environment IN ('test', 'production')", name=op.f("ck_billing_efactura_connection_environment")
        ),
        sa.CheckConstraint(
            "state = 'disconnected' OR (access_token_sealed IS NOT NULL AND refresh_token_sealed IS NOT NULL"
            " AND access_ends_at IS NOT NULL AND refresh_ends_at IS NOT NULL)",
            name=op.f("ck_billing_efactura_connection_tokens"),
        ),
        sa.CheckConstraint(
            "state IN ('disconnected', 'connected', 'broken', 'denied')",
            name=op.f("ck_billing_efactura_connection_state"),
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_billing_efactura_connection_only")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_efactura_connection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_efactura_connection_public_id")),
    )
    for statement in GRANTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
