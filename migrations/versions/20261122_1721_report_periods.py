"""Find documents by their tax point and by their issue date, and payments by their day: what the books are kept by."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_report_periods"
down_revision = "20261122_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_billing_document_issue_date",
        "billing_document",
        ["issue_date"],
        unique=False,
        postgresql_where=sa.text("kind IN ('invoice', 'credit_note')"),
    )
    op.create_index(
        "ix_billing_document_tax_point",
        "billing_document",
        ["tax_point"],
        unique=False,
        postgresql_where=sa.text("kind IN ('invoice', 'credit_note')"),
    )
    op.create_index("ix_billing_payment_received_on", "billing_payment", ["received_on", "id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
