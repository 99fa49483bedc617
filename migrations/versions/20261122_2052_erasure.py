"""Keep requests to be forgotten, let the record lose what says who somebody was, and a last mail its address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_erasure"
down_revision = "20261122_efactura_connection"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_erasure_request TO praho_staff",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]

# Staff's role may not touch what was recorded. It may have values taken away, by this alone: what stays is what was.
WIPE = """
CREATE FUNCTION audit_wipe(wiped jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    one jsonb;
    kept audit_event;
BEGIN
    FOR one IN SELECT * FROM jsonb_array_elements(wiped) LOOP
        SELECT * INTO STRICT kept FROM audit_event WHERE id = (one->>'id')::bigint FOR UPDATE;
        IF one->>'actor_name' NOT IN (kept.actor_name, '[erased]')
           OR (one->>'ip' IS NOT NULL AND one->>'ip' IS DISTINCT FROM kept.ip)
           OR EXISTS (
               SELECT FROM jsonb_each(one->'changes') AS new (field, said)
               FULL JOIN jsonb_each(kept.changes) AS old (field, said) USING (field)
               WHERE new.said IS DISTINCT FROM old.said
                 AND (new.said IS NULL OR old.said IS NULL
                      OR EXISTS (SELECT FROM jsonb_array_elements(new.said) AS value
                                 WHERE value NOT IN ('null', '"[erased]"')))
           )
        THEN
            RAISE EXCEPTION 'an event of the record can lose what it says, and say nothing else'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        UPDATE audit_event
            SET actor_name = one->>'actor_name', ip = one->>'ip', changes = one->'changes', mac = one->>'mac'
            WHERE id = kept.id;
    END LOOP;
END $$
"""
WIPE_GRANTS = (
    "REVOKE ALL ON FUNCTION audit_wipe(jsonb) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION audit_wipe(jsonb) TO praho_staff",
)


def upgrade() -> None:
    op.create_table(
        "customers_erasure_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("report", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("(state = 'done') = (report IS NOT NULL)", name=op.f("ck_customers_erasure_request_report")),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name=op.f("ck_customers_erasure_request_decided")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL)", name=op.f("ck_customers_erasure_request_reason")
        ),
        sa.CheckConstraint(
            "channel IN ('portal', 'email', 'letter', 'phone', 'in_person')",
            name=op.f("ck_customers_erasure_request_channel"),
        ),
        sa.CheckConstraint("state IN ('open', 'done', 'refused')", name=op.f("ck_customers_erasure_request_state")),
        sa.CheckConstraint("due_on > received_on", name=op.f("ck_customers_erasure_request_due_on")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_customers_erasure_request_customer_id_customers_customer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_erasure_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_erasure_request_public_id")),
    )
    op.create_index(
        "ix_customers_erasure_request_customer_id_id", "customers_erasure_request", ["customer_id", "id"], unique=False
    )
    op.create_index(
        "ix_customers_erasure_request_state_due_on_id",
        "customers_erasure_request",
        ["state", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "uq_customers_erasure_request_open",
        "customers_erasure_request",
        ["customer_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.add_column("notifications_message", sa.Column("forgets", sa.Boolean(), server_default="false", nullable=False))
    op.create_index(
        "ix_notifications_message_forgets",
        "notifications_message",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("forgets AND recipient <> ''"),
    )
    op.drop_constraint("ck_customers_customer_state", "customers_customer")
    op.create_check_constraint(
        "ck_customers_customer_state", "customers_customer", "state IN ('active', 'closed', 'erased')"
    )
    for statement in (*GRANTS, WIPE, *WIPE_GRANTS):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
