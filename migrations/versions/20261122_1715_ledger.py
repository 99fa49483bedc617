"""Allocations from payments and credit notes, refunds, write-offs, receipts, and what of a document is settled."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_ledger"
down_revision = "20261122_discounts"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_ledger_finding TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_refund TO praho_staff",
    "GRANT SELECT ON billing_refund TO praho_portal",
    "ALTER TABLE billing_refund ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_refund TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_refund TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_write_off TO praho_staff",
    "GRANT SELECT ON billing_write_off TO praho_portal",
    "ALTER TABLE billing_write_off ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_write_off TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_write_off TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_payment_attempt_share TO praho_staff",
    "GRANT SELECT, INSERT ON billing_payment_attempt_share TO praho_portal",
    "ALTER TABLE billing_payment_attempt_share ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_payment_attempt_share TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_payment_attempt_share TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_receipt TO praho_staff",
    "GRANT SELECT ON billing_receipt TO praho_portal",
    "ALTER TABLE billing_receipt ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_receipt TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_receipt TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_receipt_file TO praho_staff",
    "GRANT SELECT ON billing_receipt_file TO praho_portal",
    "ALTER TABLE billing_receipt_file ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_receipt_file TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_receipt_file TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]

# What of a document is settled may change, and a settled one opens again where a write-off is undone.
PROTECT = """
CREATE OR REPLACE FUNCTION billing_protect_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an issued document cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(OLD) - 'state' - 'settled_minor' - 'settled_at' - 'refusal' IS DISTINCT FROM
       to_jsonb(NEW) - 'state' - 'settled_minor' - 'settled_at' - 'refusal' THEN
        RAISE EXCEPTION 'an issued document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state = 'issued' OR (OLD.state = 'paid' AND NOT (
       NEW.state = 'open' AND NEW.settled_minor < NEW.total_minor))) THEN
        RAISE EXCEPTION 'a settled document keeps its state' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Until now a payment settled one proforma whole, and a corrected invoice took over what its credit note gave back.
MOVE = (
    """
    UPDATE billing_document d SET settled_minor = total_minor
    WHERE d.kind = 'proforma' AND d.state = 'paid'
       OR d.kind = 'invoice' AND EXISTS (
          SELECT 1 FROM billing_document c WHERE c.id = d.source_id AND c.kind = 'credit_note')
    """,
    """
    UPDATE billing_payment_allocation a SET counted_on = p.received_on
    FROM billing_payment p WHERE p.id = a.payment_id
    """,
    """
    INSERT INTO billing_payment_allocation
        (customer_id, credit_note_id, document_id, amount_minor, from_balance, counted_on, created_at)
    SELECT d.customer_id, c.id, d.id, d.total_minor, false, d.issue_date, d.issued_at
    FROM billing_document d JOIN billing_document c ON c.id = d.source_id AND c.kind = 'credit_note'
    WHERE d.kind = 'invoice' AND d.total_minor > 0
    """,
    """
    INSERT INTO billing_payment_attempt_share (customer_id, attempt_id, document_id, amount_minor)
    SELECT customer_id, id, document_id, amount_minor FROM billing_payment_attempt
    """,
)


def upgrade() -> None:
    op.create_table(
        "billing_ledger_finding",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("expected_minor", sa.BigInteger(), nullable=False),
        sa.Column("found_minor", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_billing_ledger_finding_customer_id_customers_customer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_ledger_finding")),
    )
    op.create_index(
        op.f("ix_billing_ledger_finding_customer_id"), "billing_ledger_finding", ["customer_id"], unique=False
    )
    op.create_table(
        "billing_refund",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("refunded_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_refund_amount")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_billing_refund_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_refund")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_refund_id_customer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_refund_public_id")),
    )
    op.create_index(op.f("ix_billing_refund_customer_id"), "billing_refund", ["customer_id"], unique=False)
    op.create_table(
        "billing_write_off",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_write_off_amount")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_write_off_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_write_off")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_write_off_public_id")),
    )
    op.create_index(op.f("ix_billing_write_off_customer_id"), "billing_write_off", ["customer_id"], unique=False)
    op.create_index("ix_billing_write_off_document_id", "billing_write_off", ["document_id"], unique=False)
    op.create_table(
        "billing_payment_attempt_share",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_payment_attempt_share_amount")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "customer_id"],
            ["billing_payment_attempt.id", "billing_payment_attempt.customer_id"],
            name=op.f("fk_billing_payment_attempt_share_attempt_id_customer_id_billing_payment_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_payment_attempt_share_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment_attempt_share")),
        sa.UniqueConstraint(
            "attempt_id", "document_id", name=op.f("uq_billing_payment_attempt_share_attempt_id_document_id")
        ),
    )
    op.create_index(
        op.f("ix_billing_payment_attempt_share_customer_id"),
        "billing_payment_attempt_share",
        ["customer_id"],
        unique=False,
    )
    op.create_index(
        "ix_billing_payment_attempt_share_document_id", "billing_payment_attempt_share", ["document_id"], unique=False
    )
    op.create_table(
        "billing_receipt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("number_text", sa.String(length=40), nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_receipt_amount")),
        sa.ForeignKeyConstraint(
            ["payment_id", "customer_id"],
            ["billing_payment.id", "billing_payment.customer_id"],
            name=op.f("fk_billing_receipt_payment_id_customer_id_billing_payment"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["billing_number_series.id"], name=op.f("fk_billing_receipt_series_id_billing_number_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_receipt")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_receipt_id_customer_id")),
        sa.UniqueConstraint("number_text", name=op.f("uq_billing_receipt_number_text")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_billing_receipt_payment_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_receipt_public_id")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_billing_receipt_series_id_number")),
    )
    op.create_index(op.f("ix_billing_receipt_customer_id"), "billing_receipt", ["customer_id"], unique=False)
    op.create_table(
        "billing_receipt_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_id", "customer_id"],
            ["billing_receipt.id", "billing_receipt.customer_id"],
            name=op.f("fk_billing_receipt_file_receipt_id_customer_id_billing_receipt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_receipt_file")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_billing_receipt_file_receipt_id")),
    )
    op.create_index(op.f("ix_billing_receipt_file_customer_id"), "billing_receipt_file", ["customer_id"], unique=False)
    op.add_column(
        "billing_document", sa.Column("settled_minor", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    )
    op.alter_column("billing_document", "settled_minor", server_default=None)
    op.add_column("billing_payment_allocation", sa.Column("credit_note_id", sa.BigInteger(), nullable=True))
    op.add_column("billing_payment_allocation", sa.Column("refund_id", sa.BigInteger(), nullable=True))
    op.add_column(
        "billing_payment_allocation", sa.Column("from_balance", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("billing_payment_allocation", "from_balance", server_default=None)
    op.add_column("billing_payment_allocation", sa.Column("counted_on", sa.Date(), nullable=True))
    op.alter_column("billing_payment_allocation", "payment_id", existing_type=sa.BIGINT(), nullable=True)
    op.alter_column("billing_payment_allocation", "document_id", existing_type=sa.BIGINT(), nullable=True)
    op.drop_constraint(
        op.f("uq_billing_payment_allocation_payment_id_document_id"), "billing_payment_allocation", type_="unique"
    )
    op.create_index(
        "ix_billing_payment_allocation_credit_note_id", "billing_payment_allocation", ["credit_note_id"], unique=False
    )
    op.create_index(
        "ix_billing_payment_allocation_payment_id", "billing_payment_allocation", ["payment_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_billing_payment_allocation_credit_note_id_customer_id_billing_document"),
        "billing_payment_allocation",
        "billing_document",
        ["credit_note_id", "customer_id"],
        ["id", "customer_id"],
    )
    op.create_foreign_key(
        op.f("fk_billing_payment_allocation_refund_id_customer_id_billing_refund"),
        "billing_payment_allocation",
        "billing_refund",
        ["refund_id", "customer_id"],
        ["id", "customer_id"],
    )
    op.alter_column("billing_payment_attempt", "document_id", existing_type=sa.BIGINT(), nullable=True)
    op.create_foreign_key(
        op.f("fk_billing_payment_attempt_customer_id_customers_customer"),
        "billing_payment_attempt",
        "customers_customer",
        ["customer_id"],
        ["id"],
    )
    op.drop_constraint(op.f("ck_billing_ledger_entry_kind"), "billing_ledger_entry", type_="check")
    op.create_check_constraint(
        op.f("ck_billing_ledger_entry_kind"),
        "billing_ledger_entry",
        "kind IN ('payment', 'invoice', 'credit_note', 'refund', 'write_off', 'write_off_undone')",
    )
    op.drop_constraint(op.f("ck_billing_number_series_kind"), "billing_number_series", type_="check")
    op.create_check_constraint(
        op.f("ck_billing_number_series_kind"),
        "billing_number_series",
        "kind IN ('invoice', 'credit_note', 'receipt')",
    )
    op.execute(PROTECT)
    for statement in MOVE:
        op.execute(statement)
    op.alter_column("billing_payment_allocation", "counted_on", nullable=False)
    op.create_check_constraint(
        op.f("ck_billing_payment_allocation_source"),
        "billing_payment_allocation",
        "num_nonnulls(payment_id, credit_note_id) = 1",
    )
    op.create_check_constraint(
        op.f("ck_billing_payment_allocation_target"),
        "billing_payment_allocation",
        "num_nonnulls(document_id, refund_id) = 1",
    )
    op.create_check_constraint(
        op.f("ck_billing_document_settled"),
        "billing_document",
        "settled_minor BETWEEN 0 AND greatest(total_minor, 0)",
    )
    op.create_check_constraint(
        op.f("ck_billing_document_paid"), "billing_document", "state <> 'paid' OR settled_minor = total_minor"
    )
    for statement in GRANTS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
