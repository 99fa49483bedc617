"""Find documents by the name with which they were corrected, and documents on their way to ANAF by words of their own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_search_of_corrections"
down_revision = "20261122_erasure"
branch_labels = None
depends_on = None

# The words by which a document is found are no part of what it says.
PROTECT = """
CREATE OR REPLACE FUNCTION billing_protect_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an issued document cannot be deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(OLD) - 'state' - 'settled_minor' - 'settled_at' - 'refusal' - 'search' IS DISTINCT FROM
       to_jsonb(NEW) - 'state' - 'settled_minor' - 'settled_at' - 'refusal' - 'search' THEN
        RAISE EXCEPTION 'an issued document cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> NEW.state AND (OLD.state = 'issued' OR (OLD.state = 'paid' AND NOT (
       NEW.state = 'open' AND NEW.settled_minor < NEW.total_minor))) THEN
        RAISE EXCEPTION 'a settled document keeps its state' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
FILL = "UPDATE billing_efactura_submission s SET search = d.search FROM billing_document d WHERE d.id = s.document_id"
STATISTICS = "ALTER TABLE billing_efactura_submission ALTER COLUMN search SET STATISTICS 500"


def upgrade() -> None:
    op.add_column("billing_efactura_submission", sa.Column("search", postgresql.TSVECTOR(), nullable=True))
    op.execute(FILL)
    op.alter_column("billing_efactura_submission", "search", nullable=False)
    op.create_index(
        "ix_billing_efactura_submission_search",
        "billing_efactura_submission",
        ["search"],
        unique=False,
        postgresql_using="gin",
    )
    for statement in (PROTECT, STATISTICS):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("PRAHO's schema only goes forward")
