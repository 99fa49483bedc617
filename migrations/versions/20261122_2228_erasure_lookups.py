"""Find by indexes what an erasure is about: mails of a person, requests to providers, reports of a payment."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_erasure_lookups"
down_revision = "20261122_search_of_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_notifications_message_user_id",
        "notifications_message",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("user_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notifications_message_recipient",
        "notifications_message",
        ["recipient"],
        unique=False,
        postgresql_where=sa.text("customer_id IS NULL"),
    )
    op.create_index("ix_integrations_operation_customer_id", "integrations_operation", ["customer_id"], unique=False)
    op.create_index(
        "ix_integrations_inbox_payment_key",
        "integrations_inbox",
        [sa.literal_column("(event #>> '{payment,key}')")],
        unique=False,
    )


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
