"""Let a discount without end be written down: no default stands in for it."""

from alembic import op

revision = "20261122_endless"
down_revision = "20261122_advances"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("orders_item", "provisioning_service"):
        op.alter_column(table, "renewal_discount_cycles", server_default=None)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
