"""Documents on their way to e-Factura, and corrections of those that were rejected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_efactura_sending"
down_revision = "20261122_archive_store"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT ON billing_document_revision TO praho_staff",
    "GRANT SELECT ON billing_document_revision TO praho_portal",
    "ALTER TABLE billing_document_revision ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_document_revision TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_document_revision TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_efactura_submission TO praho_staff",
    "GRANT SELECT ON billing_efactura_submission TO praho_portal",
    "ALTER TABLE billing_efactura_submission ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_efactura_submission TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_efactura_submission TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]

# A correction may say anew who sold and who bought, and nothing else; accepted documents have none.
CHECK_REVISION = """
CREATE FUNCTION billing_check_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    issued jsonb;
    before integer;
    fixed text[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a correction of a document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT snapshot INTO issued FROM billing_document WHERE id = NEW.document_id;
    SELECT coalesce(max(revision), 0) INTO before
        FROM billing_document_revision WHERE document_id = NEW.document_id;
    IF NEW.revision <> before + 1 THEN
        RAISE EXCEPTION 'the corrections of a document follow each other'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.snapshot - 'buyer' - 'seller' IS DISTINCT FROM issued - 'buyer' - 'seller' THEN
        RAISE EXCEPTION 'a correction changes nothing but the parties' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    FOREACH fixed SLICE 1 IN ARRAY ARRAY[
        ['buyer', 'kind'], ['seller', 'tax_number'], ['seller', 'vat_payer'], ['seller', 'vat_id']
    ] LOOP
        IF NEW.snapshot #> fixed IS DISTINCT FROM issued #> fixed THEN
            RAISE EXCEPTION 'a correction leaves what decides the VAT' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    IF NEW.snapshot #> '{buyer,address,country}' IS DISTINCT FROM issued #> '{buyer,address,country}' THEN
        RAISE EXCEPTION 'a correction leaves what decides the VAT' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM billing_efactura_submission WHERE document_id = NEW.document_id AND state = 'accepted'
    ) THEN
        RAISE EXCEPTION 'what e-Factura accepted is not corrected' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
PROTECT_REVISION = (
    "CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON billing_document_revision"
    " FOR EACH ROW EXECUTE FUNCTION billing_check_revision()"
)

# As before, with the revision among what never changes.
PROTECT_FILE = """
CREATE OR REPLACE FUNCTION billing_protect_document_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.content IS NOT NULL AND NEW.content IS NULL
       AND NEW.store_id IS NOT NULL AND NEW.object_key IS NOT NULL
       AND (NEW.id, NEW.customer_id, NEW.document_id, NEW.kind, NEW.revision, NEW.filename, NEW.sha256, NEW.findings,
            NEW.created_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.customer_id, OLD.document_id, OLD.kind, OLD.revision, OLD.filename, OLD.sha256, OLD.findings,
            OLD.created_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a part of an issued document cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def upgrade() -> None:
    op.create_table(
        "billing_document_revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_billing_document_revision_revision")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_document_revision_document_id_customer_id_billing_document"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users_user.id"], name=op.f("fk_billing_document_revision_made_by_users_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_document_revision")),
        sa.UniqueConstraint("document_id", "revision", name=op.f("uq_billing_document_revision_document_id_revision")),
    )
    op.create_index(
        op.f("ix_billing_document_revision_customer_id"), "billing_document_revision", ["customer_id"], unique=False
    )
    op.create_table(
        "billing_efactura_submission",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("xml_sha256", sa.String(length=64), nullable=True),
        sa.Column("upload_index", sa.String(length=40), nullable=True),
        sa.Column("download_id", sa.String(length=40), nullable=True),
        sa.Column("messages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("waits_for", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("uploads", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'rejected') OR xml_sha256 IS NOT NULL",
            name=op.f("ck_billing_efactura_submission_xml"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unknown', 'accepted', 'rejected')",
            name=op.f("ck_billing_efactura_submission_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('sent', 'accepted') OR upload_index IS NOT NULL",
            name=op.f("ck_billing_efactura_submission_index"),
        ),
        sa.CheckConstraint("revision >= 0 AND uploads >= 0", name=op.f("ck_billing_efactura_submission_counts")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_efactura_submission_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_efactura_submission")),
        sa.UniqueConstraint(
            "document_id", "revision", name=op.f("uq_billing_efactura_submission_document_id_revision")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_efactura_submission_public_id")),
    )
    op.create_index(
        op.f("ix_billing_efactura_submission_customer_id"), "billing_efactura_submission", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_billing_efactura_submission_next_at",
        "billing_efactura_submission",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "ix_billing_efactura_submission_open",
        "billing_efactura_submission",
        ["state", "due_on"],
        unique=False,
        postgresql_where=sa.text("current AND state <> 'accepted'"),
    )
    op.create_index(
        "ix_billing_efactura_submission_upload_index", "billing_efactura_submission", ["upload_index"], unique=False
    )
    op.create_index(
        "uq_billing_efactura_submission_current",
        "billing_efactura_submission",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("current"),
    )
    op.add_column("billing_document_file", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.drop_constraint(op.f("uq_billing_document_file_document_id_kind"), "billing_document_file", type_="unique")
    op.create_unique_constraint(
        op.f("uq_billing_document_file_document_id_kind_revision"),
        "billing_document_file",
        ["document_id", "kind", "revision"],
    )
    op.drop_constraint(op.f("ck_billing_document_file_kind"), "billing_document_file", type_="check")
    op.create_check_constraint(
        op.f("ck_billing_document_file_kind"), "billing_document_file", "kind IN ('pdf', 'xml', 'sealed')"
    )
    for statement in (CHECK_REVISION, PROTECT_REVISION, PROTECT_FILE, *GRANTS):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
