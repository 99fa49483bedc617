"""Let archived files move to a store of objects, verified, and remember which are damaged."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_archive_store"
down_revision = "20261122_endless"
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_archive_store TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE (content, store_id, object_key) ON billing_document_file TO praho_staff",
    "GRANT SELECT, INSERT ON billing_archive_damage TO praho_staff",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]

# An archived file moves from the database to a store once, and nothing else of it ever changes.
PROTECT_FILE = """
CREATE FUNCTION billing_protect_document_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.content IS NOT NULL AND NEW.content IS NULL
       AND NEW.store_id IS NOT NULL AND NEW.object_key IS NOT NULL
       AND (NEW.id, NEW.customer_id, NEW.document_id, NEW.kind, NEW.filename, NEW.sha256, NEW.findings, NEW.created_at)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.customer_id, OLD.document_id, OLD.kind, OLD.filename, OLD.sha256, OLD.findings, OLD.created_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a part of an issued document cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
DROP = "DROP TRIGGER protect ON billing_document_file"
PROTECT = (
    "CREATE TRIGGER protect BEFORE UPDATE OR DELETE ON billing_document_file"
    " FOR EACH ROW EXECUTE FUNCTION billing_protect_document_file()"
)


def upgrade() -> None:
    op.create_table(
        "billing_archive_store",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("endpoint", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("bucket", sa.String(length=63), nullable=False),
        sa.Column("access_key", sa.String(length=128), nullable=False),
        sa.Column("secret_sealed", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_archive_store")),
        sa.UniqueConstraint("endpoint", "bucket", name=op.f("uq_billing_archive_store_endpoint_bucket")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_archive_store_public_id")),
    )
    op.create_index(
        "uq_billing_archive_store_active",
        "billing_archive_store",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "billing_archive_damage",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("found_sha256", sa.String(length=64), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["billing_document_file.id"],
            name=op.f("fk_billing_archive_damage_file_id_billing_document_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_archive_damage")),
        sa.UniqueConstraint("file_id", name=op.f("uq_billing_archive_damage_file_id")),
    )
    op.add_column("billing_document_file", sa.Column("store_id", sa.BigInteger(), nullable=True))
    op.add_column("billing_document_file", sa.Column("object_key", sa.String(length=200), nullable=True))
    op.alter_column("billing_document_file", "content", existing_type=postgresql.BYTEA(), nullable=True)
    op.create_index(
        "ix_billing_document_file_here",
        "billing_document_file",
        ["id"],
        unique=False,
        postgresql_where=sa.text("content IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_billing_document_file_store_id_billing_archive_store"),
        "billing_document_file",
        "billing_archive_store",
        ["store_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_billing_document_file_place"),
        "billing_document_file",
        "(content IS NULL) = (store_id IS NOT NULL AND object_key IS NOT NULL)",
    )
    for statement in (PROTECT_FILE, DROP, PROTECT, *GRANTS):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
