"""The first schema: every table, both roles' grants, row-level security, sequences and triggers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import vat_rates
from migrations.frozen_documents import FREEZE

revision = "20261122_first"
down_revision = None
branch_labels = None
depends_on = None

GRANTS = [
    "GRANT SELECT, INSERT ON audit_event TO praho_staff",
    "GRANT INSERT ON audit_event TO praho_portal",
    "GRANT SELECT, INSERT ON billing_exchange_rate TO praho_staff",
    "GRANT SELECT ON billing_exchange_rate TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_number_series TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_vat_rate TO praho_staff",
    "GRANT SELECT ON billing_vat_rate TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_group TO praho_staff",
    "GRANT SELECT ON catalogue_group TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON core_form_token TO praho_staff",
    "GRANT INSERT, SELECT (token_hash), UPDATE (result) ON core_form_token TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON core_job TO praho_staff",
    "GRANT INSERT, SELECT (id) ON core_job TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON core_rate_counter TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON core_tally_day TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON core_tally_delta TO praho_staff",
    "GRANT INSERT ON core_tally_delta TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_customer TO praho_staff",
    "GRANT SELECT, UPDATE ON customers_customer TO praho_portal",
    "ALTER TABLE customers_customer ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON customers_customer TO praho_portal USING (id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON customers_customer TO praho_staff USING (true) WITH CHECK (true)",
    "ALTER TABLE customers_customer ALTER COLUMN search SET STATISTICS 500",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_registry_entry TO praho_staff",
    "GRANT SELECT, INSERT ON customers_vat_id_check TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON integrations_provider_account TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON notifications_message TO praho_staff",
    "GRANT INSERT, SELECT (id) ON notifications_message TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON orders_cart TO praho_staff",
    "GRANT SELECT, INSERT ON settings_image TO praho_staff",
    "GRANT SELECT ON settings_image TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON settings_value TO praho_staff",
    "GRANT SELECT ON settings_value TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON users_staff_invitation TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON users_user TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_document TO praho_staff",
    "GRANT SELECT, UPDATE (state) ON billing_document TO praho_portal",
    "ALTER TABLE billing_document ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_document TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_document TO praho_staff USING (true) WITH CHECK (true)",
    "ALTER TABLE billing_document ALTER COLUMN search SET STATISTICS 500",
    "GRANT SELECT, INSERT ON billing_ledger_entry TO praho_staff",
    "GRANT SELECT ON billing_ledger_entry TO praho_portal",
    "ALTER TABLE billing_ledger_entry ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_ledger_entry TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_ledger_entry TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_parked_payment TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_product TO praho_staff",
    "GRANT SELECT ON catalogue_product TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_tld TO praho_staff",
    "GRANT SELECT ON catalogue_tld TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_address TO praho_staff",
    "GRANT SELECT ON customers_address TO praho_portal",
    "ALTER TABLE customers_address ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON customers_address TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON customers_address TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_contact TO praho_staff",
    "GRANT SELECT ON customers_contact TO praho_portal",
    "ALTER TABLE customers_contact ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON customers_contact TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON customers_contact TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_invitation TO praho_staff",
    "GRANT SELECT ON customers_invitation TO praho_portal",
    "ALTER TABLE customers_invitation ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON customers_invitation TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON customers_invitation TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_member TO praho_staff",
    "GRANT SELECT ON customers_member TO praho_portal",
    "ALTER TABLE customers_member ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON customers_member TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON customers_member TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON customers_note TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON domains_domain TO praho_staff",
    "GRANT SELECT ON domains_domain TO praho_portal",
    "ALTER TABLE domains_domain ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON domains_domain TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON domains_domain TO praho_staff USING (true) WITH CHECK (true)",
    "ALTER TABLE domains_domain ALTER COLUMN search SET STATISTICS 500",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON integrations_call TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON integrations_inbox TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON integrations_operation TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON operations_bulk_run TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON operations_saved_filter TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON users_recovery_code TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON users_session TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON users_token TO praho_staff",
    "GRANT SELECT, INSERT ON billing_document_file TO praho_staff",
    "GRANT SELECT ON billing_document_file TO praho_portal",
    "ALTER TABLE billing_document_file ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_document_file TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_document_file TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_document_line TO praho_staff",
    "GRANT SELECT ON billing_document_line TO praho_portal",
    "ALTER TABLE billing_document_line ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_document_line TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_document_line TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_document_tax TO praho_staff",
    "GRANT SELECT ON billing_document_tax TO praho_portal",
    "ALTER TABLE billing_document_tax ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_document_tax TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_document_tax TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_payment_attempt TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE ON billing_payment_attempt TO praho_portal",
    "ALTER TABLE billing_payment_attempt ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_payment_attempt TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_payment_attempt TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_tax_evidence TO praho_staff",
    "GRANT SELECT ON billing_tax_evidence TO praho_portal",
    "ALTER TABLE billing_tax_evidence ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_tax_evidence TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_tax_evidence TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_tax_record TO praho_staff",
    "GRANT SELECT ON billing_tax_record TO praho_portal",
    "ALTER TABLE billing_tax_record ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_tax_record TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_tax_record TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_product_price TO praho_staff",
    "GRANT SELECT ON catalogue_product_price TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_tld_price TO praho_staff",
    "GRANT SELECT ON catalogue_tld_price TO praho_portal",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON operations_bulk_item TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON orders_cart_item TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON orders_order TO praho_staff",
    "GRANT SELECT ON orders_order TO praho_portal",
    "ALTER TABLE orders_order ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON orders_order TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON orders_order TO praho_staff USING (true) WITH CHECK (true)",
    "ALTER TABLE orders_order ALTER COLUMN search SET STATISTICS 500",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON provisioning_service TO praho_staff",
    "GRANT SELECT, UPDATE (credentials_sealed, credentials_revealed_at) ON provisioning_service TO praho_portal",
    "ALTER TABLE provisioning_service ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON provisioning_service TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON provisioning_service TO praho_staff USING (true) WITH CHECK (true)",
    "ALTER TABLE provisioning_service ALTER COLUMN search SET STATISTICS 500",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_payment TO praho_staff",
    "GRANT SELECT ON billing_payment TO praho_portal",
    "ALTER TABLE billing_payment ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_payment TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_payment TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT ON billing_tax_review TO praho_staff",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON orders_item TO praho_staff",
    "GRANT SELECT ON orders_item TO praho_portal",
    "ALTER TABLE orders_item ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON orders_item TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON orders_item TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON billing_payment_allocation TO praho_staff",
    "GRANT SELECT ON billing_payment_allocation TO praho_portal",
    "ALTER TABLE billing_payment_allocation ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY portal ON billing_payment_allocation TO praho_portal USING (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint) WITH CHECK (customer_id = nullif(current_setting('praho.customer_id', true), '')::bigint)",
    "CREATE POLICY staff ON billing_payment_allocation TO praho_staff USING (true) WITH CHECK (true)",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO praho_staff",
]


def upgrade() -> None:
    op.execute("CREATE SEQUENCE billing_proforma_number")
    op.execute("CREATE SEQUENCE orders_order_number")
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA public TO praho_portal, praho_staff")
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("ip", sa.String(length=45), nullable=True),
        sa.Column("mac", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_event_public_id")),
    )
    op.create_index("ix_audit_event_action_id", "audit_event", ["action", "id"], unique=False)
    op.create_index("ix_audit_event_actor_id_id", "audit_event", ["actor_id", "id"], unique=False)
    op.create_index("ix_audit_event_customer_id_id", "audit_event", ["customer_id", "id"], unique=False)
    op.create_index("ix_audit_event_subject", "audit_event", ["subject_kind", "subject_id", "id"], unique=False)
    op.create_table(
        "billing_exchange_rate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("lei", sa.Numeric(precision=14, scale=8), nullable=False),
        sa.CheckConstraint("lei > 0", name=op.f("ck_billing_exchange_rate_lei")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_exchange_rate")),
        sa.UniqueConstraint("currency", "published_on", name=op.f("uq_billing_exchange_rate_currency_published_on")),
    )
    op.create_table(
        "billing_number_series",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("padding", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.BigInteger(), nullable=False),
        sa.Column("next_number", sa.BigInteger(), nullable=False),
        sa.Column("pattern", sa.String(length=20), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("last_issue_date", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('proforma', 'invoice', 'credit_note')", name=op.f("ck_billing_number_series_kind")
        ),
        sa.CheckConstraint("(pattern IS NULL) = (year IS NULL)", name=op.f("ck_billing_number_series_year")),
        sa.CheckConstraint(
            "first_number >= 1 AND next_number >= first_number", name=op.f("ck_billing_number_series_next_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_number_series")),
        sa.UniqueConstraint("prefix", name=op.f("uq_billing_number_series_prefix")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_number_series_public_id")),
    )
    op.create_index(
        "uq_billing_number_series_active",
        "billing_number_series",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "billing_vat_rate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.CheckConstraint("percent >= 0 AND percent < 100", name=op.f("ck_billing_vat_rate_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_vat_rate")),
        sa.UniqueConstraint("country", "valid_from", name=op.f("uq_billing_vat_rate_country_valid_from")),
    )
    op.create_table(
        "catalogue_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_group")),
        sa.UniqueConstraint("public_id", name=op.f("uq_catalogue_group_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_catalogue_group_slug")),
    )
    op.create_table(
        "core_form_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=True),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_core_form_token")),
    )
    op.create_index("ix_core_form_token_spent_at", "core_form_token", ["spent_at"], unique=False)
    op.create_table(
        "core_job",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("max_failures", sa.Integer(), nullable=False),
        sa.Column("lease_seconds", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("queue IN ('high', 'default', 'low', 'email', 'reports')", name=op.f("ck_core_job_queue")),
        sa.CheckConstraint("state IN ('ready', 'running', 'retry', 'done', 'dead')", name=op.f("ck_core_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("key", name=op.f("uq_core_job_key")),
    )
    op.create_index(
        "ix_core_job_due",
        "core_job",
        ["run_at", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('ready', 'retry')"),
    )
    op.create_index(
        "ix_core_job_leased", "core_job", ["lease_until"], unique=False, postgresql_where=sa.text("state = 'running'")
    )
    op.create_index("ix_core_job_state_id", "core_job", ["state", "id"], unique=False)
    op.create_table(
        "core_rate_counter",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_core_rate_counter")),
    )
    op.create_table(
        "core_tally_day",
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "day", "unit", name=op.f("pk_core_tally_day")),
    )
    op.create_table(
        "core_tally_delta",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_tally_delta")),
    )
    op.create_index("ix_core_tally_delta_measure_day", "core_tally_delta", ["measure", "day"], unique=False)
    op.create_table(
        "customers_customer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_sort", sa.Text(collation="C"), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("cui", sa.String(length=10), nullable=True),
        sa.Column("vat_payer", sa.Boolean(), nullable=False),
        sa.Column("vat_id", sa.String(length=20), nullable=True),
        sa.Column("reg_com", sa.String(length=30), nullable=True),
        sa.Column("cnp_sealed", sa.Text(), nullable=True),
        sa.Column("iban", sa.String(length=34), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'company')", name=op.f("ck_customers_customer_kind")),
        sa.CheckConstraint("state IN ('active', 'closed')", name=op.f("ck_customers_customer_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_customer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_customer_public_id")),
    )
    op.create_index(
        "ix_customers_customer_cui",
        "customers_customer",
        ["cui"],
        unique=False,
        postgresql_where=sa.text("cui IS NOT NULL"),
    )
    op.create_index("ix_customers_customer_name_sort_id", "customers_customer", ["name_sort", "id"], unique=False)
    op.create_index(
        "ix_customers_customer_search", "customers_customer", ["search"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "customers_registry_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cui", sa.String(length=10), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reg_com", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("county_code", sa.String(length=10), nullable=True),
        sa.Column("post_code", sa.String(length=20), nullable=True),
        sa.Column("vat_payer", sa.Boolean(), nullable=False),
        sa.Column("on_collection", sa.Boolean(), nullable=False),
        sa.Column("inactive", sa.Boolean(), nullable=False),
        sa.Column("inactive_since", sa.Date(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_registry_entry")),
        sa.UniqueConstraint("cui", name=op.f("uq_customers_registry_entry_cui")),
    )
    op.create_index(
        op.f("ix_customers_registry_entry_answered_at"), "customers_registry_entry", ["answered_at"], unique=False
    )
    op.create_table(
        "customers_vat_id_check",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("vat_id", sa.String(length=20), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("consultation", sa.String(length=60), nullable=True),
        sa.Column("requester", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_vat_id_check")),
    )
    op.create_index("ix_customers_vat_id_check_vat_id_id", "customers_vat_id_check", ["vat_id", "id"], unique=False)
    op.create_table(
        "integrations_provider_account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("secrets_sealed", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("test_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('registrar', 'provisioner', 'payment_provider')",
            name=op.f("ck_integrations_provider_account_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrations_provider_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_integrations_provider_account_public_id")),
    )
    op.create_table(
        "notifications_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("secrets_sealed", sa.Text(), nullable=True),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_notifications_message_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications_message")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notifications_message_message_id")),
        sa.UniqueConstraint("occasion", name=op.f("uq_notifications_message_occasion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notifications_message_public_id")),
    )
    op.create_index(
        "ix_notifications_message_customer_id_id", "notifications_message", ["customer_id", "id"], unique=False
    )
    op.create_index("ix_notifications_message_state_id", "notifications_message", ["state", "id"], unique=False)
    op.create_table(
        "orders_cart",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("order_public_id", sa.String(length=60), nullable=True),
        sa.Column("details_sealed", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ordered')", name=op.f("ck_orders_cart_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_cart")),
        sa.UniqueConstraint("public_id", name=op.f("uq_orders_cart_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_orders_cart_token_hash")),
    )
    op.create_index(op.f("ix_orders_cart_updated_at"), "orders_cart", ["updated_at"], unique=False)
    op.create_table(
        "settings_image",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_settings_image")),
    )
    op.create_table(
        "settings_value",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings_value")),
    )
    op.create_table(
        "users_staff_invitation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('admin', 'billing', 'support', 'technician', 'auditor')",
            name=op.f("ck_users_staff_invitation_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_staff_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_users_staff_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_users_staff_invitation_token_hash")),
    )
    op.create_index(
        "uq_users_staff_invitation_open",
        "users_staff_invitation",
        ["email"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "users_user",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_role", sa.String(length=40), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("totp_sealed", sa.Text(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_last_counter", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "staff_role IN ('admin', 'billing', 'support', 'technician', 'auditor')",
            name=op.f("ck_users_user_staff_role"),
        ),
        sa.CheckConstraint("theme IN ('system', 'light', 'dark')", name=op.f("ck_users_user_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_user")),
        sa.UniqueConstraint("email", name=op.f("uq_users_user_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_users_user_public_id")),
    )
    op.create_index(
        "ix_users_user_staff", "users_user", ["id"], unique=False, postgresql_where=sa.text("staff_role IS NOT NULL")
    )
    op.create_table(
        "billing_document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("number_text", sa.String(length=40), nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("tax_point", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("allowance_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("buyer_name", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.String(length=60), nullable=True),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('proforma', 'invoice', 'credit_note')", name=op.f("ck_billing_document_kind")),
        sa.CheckConstraint(
            "state IN ('open', 'paid', 'cancelled', 'lapsed', 'issued')", name=op.f("ck_billing_document_state")
        ),
        sa.CheckConstraint("net_minor + vat_minor = total_minor", name=op.f("ck_billing_document_total")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_billing_document_customer_id_customers_customer")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["billing_number_series.id"],
            name=op.f("fk_billing_document_series_id_billing_number_series"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_document_source_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_document")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_document_id_customer_id")),
        sa.UniqueConstraint("kind", "number_text", name=op.f("uq_billing_document_kind_number_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_document_public_id")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_billing_document_series_id_number")),
    )
    op.create_index(
        "ix_billing_document_credits",
        "billing_document",
        ["source_id"],
        unique=False,
        postgresql_where=sa.text("kind = 'credit_note'"),
    )
    op.create_index(op.f("ix_billing_document_customer_id"), "billing_document", ["customer_id"], unique=False)
    op.create_index("ix_billing_document_customer_id_id", "billing_document", ["customer_id", "id"], unique=False)
    op.create_index(
        "ix_billing_document_due",
        "billing_document",
        ["due_date"],
        unique=False,
        postgresql_where=sa.text("kind = 'proforma' AND state = 'open'"),
    )
    op.create_index("ix_billing_document_kind_state_id", "billing_document", ["kind", "state", "id"], unique=False)
    op.create_index(
        "ix_billing_document_refusal",
        "billing_document",
        ["id"],
        unique=False,
        postgresql_where=sa.text("refusal IS NOT NULL"),
    )
    op.create_index("ix_billing_document_search", "billing_document", ["search"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_billing_document_subject_id"), "billing_document", ["subject_id"], unique=False)
    op.create_index(
        "uq_billing_document_invoice_of",
        "billing_document",
        ["source_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'invoice'"),
    )
    op.create_table(
        "billing_ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('payment', 'invoice', 'credit_note')", name=op.f("ck_billing_ledger_entry_kind")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_billing_ledger_entry_customer_id_customers_customer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_ledger_entry")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_billing_ledger_entry_kind_reference")),
    )
    op.create_index(op.f("ix_billing_ledger_entry_customer_id"), "billing_ledger_entry", ["customer_id"], unique=False)
    op.create_index(
        "ix_billing_ledger_entry_customer_id_id", "billing_ledger_entry", ["customer_id", "id"], unique=False
    )
    op.create_table(
        "billing_parked_payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("attempt_public_id", sa.String(length=60), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'resolved')", name=op.f("ck_billing_parked_payment_state")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_billing_parked_payment_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_parked_payment")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_billing_parked_payment_account_id_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_parked_payment_public_id")),
    )
    op.create_index("ix_billing_parked_payment_state_id", "billing_parked_payment", ["state", "id"], unique=False)
    op.create_table(
        "catalogue_product",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("features", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("highlighted", sa.Boolean(), nullable=False),
        sa.Column("provider_account_id", sa.BigInteger(), nullable=True),
        sa.Column("remote_plan", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'on_sale' OR (provider_account_id IS NOT NULL AND remote_plan <> '')",
            name=op.f("ck_catalogue_product_on_sale"),
        ),
        sa.CheckConstraint("state IN ('draft', 'on_sale', 'retired')", name=op.f("ck_catalogue_product_state")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["catalogue_group.id"], name=op.f("fk_catalogue_product_group_id_catalogue_group")
        ),
        sa.ForeignKeyConstraint(
            ["provider_account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_catalogue_product_provider_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_product")),
        sa.UniqueConstraint("public_id", name=op.f("uq_catalogue_product_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_catalogue_product_slug")),
    )
    op.create_index(
        "ix_catalogue_product_group_id_position", "catalogue_product", ["group_id", "position", "id"], unique=False
    )
    op.create_table(
        "catalogue_tld",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("provider_account_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("min_years", sa.Integer(), nullable=False),
        sa.Column("max_years", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'on_sale' OR provider_account_id IS NOT NULL", name=op.f("ck_catalogue_tld_on_sale")
        ),
        sa.CheckConstraint("state IN ('draft', 'on_sale', 'retired')", name=op.f("ck_catalogue_tld_state")),
        sa.CheckConstraint(
            "min_years >= 1 AND max_years >= min_years AND max_years <= 10", name=op.f("ck_catalogue_tld_years")
        ),
        sa.ForeignKeyConstraint(
            ["provider_account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_catalogue_tld_provider_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_tld")),
        sa.UniqueConstraint("name", name=op.f("uq_catalogue_tld_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_catalogue_tld_public_id")),
    )
    op.create_index("ix_catalogue_tld_position", "catalogue_tld", ["position", "name", "id"], unique=False)
    op.create_table(
        "customers_address",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("county_code", sa.String(length=10), nullable=True),
        sa.Column("post_code", sa.String(length=20), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('billing')", name=op.f("ck_customers_address_kind")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_customers_address_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_address")),
        sa.UniqueConstraint("customer_id", "kind", name=op.f("uq_customers_address_customer_id_kind")),
    )
    op.create_index(op.f("ix_customers_address_customer_id"), "customers_address", ["customer_id"], unique=False)
    op.create_table(
        "customers_contact",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("billing", sa.Boolean(), nullable=False),
        sa.Column("technical", sa.Boolean(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_customers_contact_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_contact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_contact_public_id")),
    )
    op.create_index(op.f("ix_customers_contact_customer_id"), "customers_contact", ["customer_id"], unique=False)
    op.create_table(
        "customers_invitation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'billing', 'technical', 'viewer')", name=op.f("ck_customers_invitation_role")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_customers_invitation_customer_id_customers_customer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_customers_invitation_token_hash")),
    )
    op.create_index(op.f("ix_customers_invitation_customer_id"), "customers_invitation", ["customer_id"], unique=False)
    op.create_index(
        "uq_customers_invitation_open",
        "customers_invitation",
        ["customer_id", "email"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "customers_member",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'billing', 'technical', 'viewer')", name=op.f("ck_customers_member_role")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_customers_member_customer_id_customers_customer")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users_user.id"], name=op.f("fk_customers_member_user_id_users_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_member")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_member_public_id")),
        sa.UniqueConstraint("user_id", "customer_id", name=op.f("uq_customers_member_user_id_customer_id")),
    )
    op.create_index(op.f("ix_customers_member_customer_id"), "customers_member", ["customer_id"], unique=False)
    op.create_table(
        "customers_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users_user.id"], name=op.f("fk_customers_note_author_id_users_user")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_customers_note_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customers_note_public_id")),
    )
    op.create_index(op.f("ix_customers_note_customer_id"), "customers_note", ["customer_id"], unique=False)
    op.create_table(
        "domains_domain",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("tld", sa.String(length=63), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("registrant_sealed", sa.Text(), nullable=False),
        sa.Column("nameservers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("remote_id", sa.String(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("failure_reason", sa.String(length=40), nullable=True),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('registering', 'active', 'failed', 'cancelled')", name=op.f("ck_domains_domain_state")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_domains_domain_account_id_integrations_provider_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_domains_domain_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domains_domain")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_domains_domain_id_customer_id")),
        sa.UniqueConstraint("origin", name=op.f("uq_domains_domain_origin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_domains_domain_public_id")),
    )
    op.create_index(op.f("ix_domains_domain_customer_id"), "domains_domain", ["customer_id"], unique=False)
    op.create_index("ix_domains_domain_customer_id_id", "domains_domain", ["customer_id", "id"], unique=False)
    op.create_index("ix_domains_domain_search", "domains_domain", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_domains_domain_state_id", "domains_domain", ["state", "id"], unique=False)
    op.create_index(
        "uq_domains_domain_name_live",
        "domains_domain",
        ["name"],
        unique=True,
        postgresql_where=sa.text("state IN ('registering', 'active')"),
    )
    op.create_table(
        "integrations_call",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("operation_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('succeeded', 'rejected', 'pending', 'needs_action', 'unknown', 'answered', 'not_sent')",
            name=op.f("ck_integrations_call_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_integrations_call_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrations_call")),
    )
    op.create_index("ix_integrations_call_account_id_id", "integrations_call", ["account_id", "id"], unique=False)
    op.create_index("ix_integrations_call_at", "integrations_call", ["at"], unique=False)
    op.create_index(op.f("ix_integrations_call_operation_id"), "integrations_call", ["operation_id"], unique=False)
    op.create_table(
        "integrations_inbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("event", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('received', 'handled', 'failed')", name=op.f("ck_integrations_inbox_state")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_integrations_inbox_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrations_inbox")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_integrations_inbox_account_id_external_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_integrations_inbox_public_id")),
    )
    op.create_index("ix_integrations_inbox_state_id", "integrations_inbox", ["state", "id"], unique=False)
    op.create_table(
        "integrations_operation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("intent", sa.String(length=120), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('claimed', 'succeeded', 'rejected', 'pending', 'unknown')",
            name=op.f("ck_integrations_operation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_integrations_operation_account_id_integrations_provider_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrations_operation")),
        sa.UniqueConstraint("kind", "intent", name=op.f("uq_integrations_operation_kind_intent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_integrations_operation_public_id")),
    )
    op.create_index(
        op.f("ix_integrations_operation_account_id"), "integrations_operation", ["account_id"], unique=False
    )
    op.create_index(
        "ix_integrations_operation_open",
        "integrations_operation",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'pending', 'unknown')"),
    )
    op.create_index("ix_integrations_operation_state_id", "integrations_operation", ["state", "id"], unique=False)
    op.create_index(
        "ix_integrations_operation_subject", "integrations_operation", ["subject_kind", "subject_id"], unique=False
    )
    op.create_table(
        "operations_bulk_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users_user.id"], name=op.f("fk_operations_bulk_run_user_id_users_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations_bulk_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_operations_bulk_run_public_id")),
    )
    op.create_index("ix_operations_bulk_run_user_id_id", "operations_bulk_run", ["user_id", "id"], unique=False)
    op.create_table(
        "operations_saved_filter",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users_user.id"], name=op.f("fk_operations_saved_filter_user_id_users_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations_saved_filter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_operations_saved_filter_public_id")),
        sa.UniqueConstraint(
            "user_id", "endpoint", "name", name=op.f("uq_operations_saved_filter_user_id_endpoint_name")
        ),
    )
    op.create_index(
        "uq_operations_saved_filter_default",
        "operations_saved_filter",
        ["user_id", "endpoint"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "users_recovery_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users_user.id"], name=op.f("fk_users_recovery_code_user_id_users_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_recovery_code")),
    )
    op.create_index(op.f("ix_users_recovery_code_user_id"), "users_recovery_code", ["user_id"], unique=False)
    op.create_table(
        "users_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ip", sa.String(), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users_user.id"], name=op.f("fk_users_session_user_id_users_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_users_session_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_users_session_token_hash")),
    )
    op.create_index(op.f("ix_users_session_user_id"), "users_session", ["user_id"], unique=False)
    op.create_table(
        "users_token",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('confirm_email', 'reset_password')", name=op.f("ck_users_token_purpose")),
        sa.ForeignKeyConstraint(["user_id"], ["users_user.id"], name=op.f("fk_users_token_user_id_users_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_users_token_token_hash")),
    )
    op.create_index(
        "ix_users_token_open",
        "users_token",
        ["user_id", "purpose"],
        unique=False,
        postgresql_where=sa.text("used_at IS NULL"),
    )
    op.create_table(
        "billing_document_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('pdf', 'xml')", name=op.f("ck_billing_document_file_kind")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_document_file_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_document_file")),
        sa.UniqueConstraint("document_id", "kind", name=op.f("uq_billing_document_file_document_id_kind")),
    )
    op.create_index(
        op.f("ix_billing_document_file_customer_id"), "billing_document_file", ["customer_id"], unique=False
    )
    op.create_table(
        "billing_document_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("unit_code", sa.String(length=3), nullable=False),
        sa.Column("unit_price_minor", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_category", sa.String(length=2), nullable=False),
        sa.Column("tax_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("subject_kind", sa.String(length=40), nullable=True),
        sa.Column("subject_id", sa.String(length=60), nullable=True),
        sa.Column("corrects_position", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_document_line_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_document_line")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_billing_document_line_document_id_position")),
    )
    op.create_index(
        op.f("ix_billing_document_line_customer_id"), "billing_document_line", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_billing_document_line_subject", "billing_document_line", ["subject_kind", "subject_id"], unique=False
    )
    op.create_table(
        "billing_document_tax",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=2), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_document_tax_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_document_tax")),
        sa.UniqueConstraint(
            "document_id", "category", "percent", name=op.f("uq_billing_document_tax_document_id_category_percent")
        ),
    )
    op.create_index(op.f("ix_billing_document_tax_customer_id"), "billing_document_tax", ["customer_id"], unique=False)
    op.create_table(
        "billing_payment_attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("staff_note", sa.Text(), nullable=True),
        sa.Column("request", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('claimed', 'waiting', 'unknown', 'succeeded', 'declined', 'abandoned')",
            name=op.f("ck_billing_payment_attempt_state"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_payment_attempt_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_billing_payment_attempt_account_id_integrations_provider_account"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_payment_attempt_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment_attempt")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_payment_attempt_id_customer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_payment_attempt_public_id")),
    )
    op.create_index(
        op.f("ix_billing_payment_attempt_customer_id"), "billing_payment_attempt", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_billing_payment_attempt_document_id_id", "billing_payment_attempt", ["document_id", "id"], unique=False
    )
    op.create_index(
        "ix_billing_payment_attempt_waiting",
        "billing_payment_attempt",
        ["ask_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'waiting', 'unknown')"),
    )
    op.create_index(
        "uq_billing_payment_attempt_open",
        "billing_payment_attempt",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('claimed', 'waiting', 'unknown')"),
    )
    op.create_table(
        "billing_tax_evidence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_tax_evidence_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_tax_evidence")),
        sa.UniqueConstraint("document_id", "kind", name=op.f("uq_billing_tax_evidence_document_id_kind")),
    )
    op.create_index(op.f("ix_billing_tax_evidence_customer_id"), "billing_tax_evidence", ["customer_id"], unique=False)
    op.create_table(
        "billing_tax_record",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=2), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("place", sa.String(length=2), nullable=False),
        sa.Column("buyer_country", sa.String(length=2), nullable=False),
        sa.Column("tax_point", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("on_collection", sa.Boolean(), nullable=False),
        sa.Column("vat_id", sa.String(length=20), nullable=True),
        sa.Column("vat_id_status", sa.String(length=10), nullable=False),
        sa.Column("consultation", sa.String(length=60), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_tax_record_document_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_tax_record")),
        sa.UniqueConstraint("document_id", name=op.f("uq_billing_tax_record_document_id")),
    )
    op.create_index(op.f("ix_billing_tax_record_customer_id"), "billing_tax_record", ["customer_id"], unique=False)
    op.create_index(
        "ix_billing_tax_record_doubt",
        "billing_tax_record",
        ["id"],
        unique=False,
        postgresql_where=sa.text("doubt IS NOT NULL"),
    )
    op.create_index("ix_billing_tax_record_rule_tax_point", "billing_tax_record", ["rule", "tax_point"], unique=False)
    op.create_table(
        "catalogue_product_price",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("setup_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cycle IN ('monthly', 'quarterly', 'semiannual', 'annual', 'biennial', 'triennial')",
            name=op.f("ck_catalogue_product_price_cycle"),
        ),
        sa.CheckConstraint(
            "amount_minor >= 0 AND setup_minor >= 0", name=op.f("ck_catalogue_product_price_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_product.id"],
            name=op.f("fk_catalogue_product_price_product_id_catalogue_product"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_product_price")),
        sa.UniqueConstraint(
            "product_id", "cycle", "currency", name=op.f("uq_catalogue_product_price_product_id_cycle_currency")
        ),
    )
    op.create_table(
        "catalogue_tld_price",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("tld_id", sa.BigInteger(), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "operation IN ('register', 'renew', 'transfer')", name=op.f("ck_catalogue_tld_price_operation")
        ),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_catalogue_tld_price_not_negative")),
        sa.CheckConstraint("years BETWEEN 1 AND 10", name=op.f("ck_catalogue_tld_price_years")),
        sa.ForeignKeyConstraint(
            ["tld_id"], ["catalogue_tld.id"], name=op.f("fk_catalogue_tld_price_tld_id_catalogue_tld")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_tld_price")),
        sa.UniqueConstraint(
            "tld_id",
            "operation",
            "years",
            "currency",
            name=op.f("uq_catalogue_tld_price_tld_id_operation_years_currency"),
        ),
    )
    op.create_table(
        "operations_bulk_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_operations_bulk_item_state")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["operations_bulk_run.id"], name=op.f("fk_operations_bulk_item_run_id_operations_bulk_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations_bulk_item")),
        sa.UniqueConstraint("run_id", "subject_id", name=op.f("uq_operations_bulk_item_run_id_subject_id")),
    )
    op.create_index(
        "ix_operations_bulk_item_run_id_state_id", "operations_bulk_item", ["run_id", "state", "id"], unique=False
    )
    op.create_table(
        "orders_cart_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("cart_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("cycle", sa.String(length=20), nullable=True),
        sa.Column("domain_name", sa.String(length=253), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('hosting', 'domain')", name=op.f("ck_orders_cart_item_kind")),
        sa.ForeignKeyConstraint(["cart_id"], ["orders_cart.id"], name=op.f("fk_orders_cart_item_cart_id_orders_cart")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalogue_product.id"], name=op.f("fk_orders_cart_item_product_id_catalogue_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_cart_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_orders_cart_item_public_id")),
    )
    op.create_index(op.f("ix_orders_cart_item_cart_id"), "orders_cart_item", ["cart_id"], unique=False)
    op.create_index(
        "uq_orders_cart_item_domain",
        "orders_cart_item",
        ["cart_id", "domain_name"],
        unique=True,
        postgresql_where=sa.text("kind = 'domain'"),
    )
    op.create_table(
        "orders_order",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("proforma_id", sa.BigInteger(), nullable=True),
        sa.Column("placed_by", sa.BigInteger(), nullable=True),
        sa.Column("placed_by_staff", sa.Boolean(), nullable=False),
        sa.Column("terms_version", sa.String(length=40), nullable=False),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terms_ip", sa.String(length=45), nullable=True),
        sa.Column("terms_note", sa.Text(), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'in_progress', 'completed', 'cancelled', 'lapsed')",
            name=op.f("ck_orders_order_state"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_orders_order_customer_id_customers_customer")
        ),
        sa.ForeignKeyConstraint(
            ["proforma_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_orders_order_proforma_id_customer_id_billing_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_order")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_orders_order_id_customer_id")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_order_number")),
        sa.UniqueConstraint("proforma_id", name=op.f("uq_orders_order_proforma_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_orders_order_public_id")),
    )
    op.create_index(op.f("ix_orders_order_customer_id"), "orders_order", ["customer_id"], unique=False)
    op.create_index("ix_orders_order_customer_id_id", "orders_order", ["customer_id", "id"], unique=False)
    op.create_index(
        "ix_orders_order_lapses_on",
        "orders_order",
        ["lapses_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'awaiting_payment'"),
    )
    op.create_index("ix_orders_order_search", "orders_order", ["search"], unique=False, postgresql_using="gin")
    op.create_index("ix_orders_order_state_id", "orders_order", ["state", "id"], unique=False)
    op.create_table(
        "provisioning_service",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("domain_name", sa.String(length=253), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(length=40), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("term_start", sa.Date(), nullable=True),
        sa.Column("term_end", sa.Date(), nullable=True),
        sa.Column("anchor_day", sa.Integer(), nullable=True),
        sa.Column("remote_id", sa.String(), nullable=True),
        sa.Column("username", sa.String(), nullable=True),
        sa.Column("panel_url", sa.Text(), nullable=True),
        sa.Column("credentials_sealed", sa.Text(), nullable=True),
        sa.Column("credentials_revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("failure_reason", sa.String(length=40), nullable=True),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cycle IN ('monthly', 'quarterly', 'semiannual', 'annual', 'biennial', 'triennial')",
            name=op.f("ck_provisioning_service_cycle"),
        ),
        sa.CheckConstraint(
            "state IN ('creating', 'active', 'failed', 'cancelled')", name=op.f("ck_provisioning_service_state")
        ),
        sa.CheckConstraint("anchor_day BETWEEN 1 AND 31", name=op.f("ck_provisioning_service_anchor_day")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_provisioning_service_price")),
        sa.CheckConstraint("term_end > term_start", name=op.f("ck_provisioning_service_term")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_provisioning_service_account_id_integrations_provider_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers_customer.id"],
            name=op.f("fk_provisioning_service_customer_id_customers_customer"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalogue_product.id"], name=op.f("fk_provisioning_service_product_id_catalogue_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_service")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_provisioning_service_id_customer_id")),
        sa.UniqueConstraint("origin", name=op.f("uq_provisioning_service_origin")),
        sa.UniqueConstraint("public_id", name=op.f("uq_provisioning_service_public_id")),
    )
    op.create_index(op.f("ix_provisioning_service_customer_id"), "provisioning_service", ["customer_id"], unique=False)
    op.create_index(
        "ix_provisioning_service_customer_id_id", "provisioning_service", ["customer_id", "id"], unique=False
    )
    op.create_index(
        "ix_provisioning_service_search", "provisioning_service", ["search"], unique=False, postgresql_using="gin"
    )
    op.create_index("ix_provisioning_service_state_id", "provisioning_service", ["state", "id"], unique=False)
    op.create_table(
        "billing_payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("method IN ('card', 'bank_transfer', 'cash')", name=op.f("ck_billing_payment_method")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_payment_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["integrations_provider_account.id"],
            name=op.f("fk_billing_payment_account_id_integrations_provider_account"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "customer_id"],
            ["billing_payment_attempt.id", "billing_payment_attempt.customer_id"],
            name=op.f("fk_billing_payment_attempt_id_customer_id_billing_payment_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers_customer.id"], name=op.f("fk_billing_payment_customer_id_customers_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_billing_payment_account_id_external_id")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_billing_payment_attempt_id")),
        sa.UniqueConstraint("id", "customer_id", name=op.f("uq_billing_payment_id_customer_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_billing_payment_public_id")),
    )
    op.create_index(op.f("ix_billing_payment_customer_id"), "billing_payment", ["customer_id"], unique=False)
    op.create_index("ix_billing_payment_customer_id_id", "billing_payment", ["customer_id", "id"], unique=False)
    op.create_table(
        "billing_tax_review",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["billing_tax_record.id"], name=op.f("fk_billing_tax_review_record_id_billing_tax_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_tax_review")),
        sa.UniqueConstraint("record_id", name=op.f("uq_billing_tax_review_record_id")),
    )
    op.create_table(
        "orders_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("cycle", sa.String(length=20), nullable=True),
        sa.Column("domain_name", sa.String(length=253), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("setup_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('hosting', 'domain')", name=op.f("ck_orders_item_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivering', 'delivered', 'failed', 'cancelled')", name=op.f("ck_orders_item_state")
        ),
        sa.CheckConstraint("net_minor >= 0", name=op.f("ck_orders_item_net")),
        sa.ForeignKeyConstraint(
            ["order_id", "customer_id"],
            ["orders_order.id", "orders_order.customer_id"],
            name=op.f("fk_orders_item_order_id_customer_id_orders_order"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalogue_product.id"], name=op.f("fk_orders_item_product_id_catalogue_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_orders_item_public_id")),
    )
    op.create_index(op.f("ix_orders_item_customer_id"), "orders_item", ["customer_id"], unique=False)
    op.create_index(
        "ix_orders_item_failed", "orders_item", ["id"], unique=False, postgresql_where=sa.text("state = 'failed'")
    )
    op.create_index("ix_orders_item_order_id_position", "orders_item", ["order_id", "position"], unique=True)
    op.create_table(
        "billing_payment_allocation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_billing_payment_allocation_amount")),
        sa.ForeignKeyConstraint(
            ["document_id", "customer_id"],
            ["billing_document.id", "billing_document.customer_id"],
            name=op.f("fk_billing_payment_allocation_document_id_customer_id_billing_document"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id", "customer_id"],
            ["billing_payment.id", "billing_payment.customer_id"],
            name=op.f("fk_billing_payment_allocation_payment_id_customer_id_billing_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment_allocation")),
        sa.UniqueConstraint(
            "payment_id", "document_id", name=op.f("uq_billing_payment_allocation_payment_id_document_id")
        ),
    )
    op.create_index(
        op.f("ix_billing_payment_allocation_customer_id"), "billing_payment_allocation", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_billing_payment_allocation_document_id", "billing_payment_allocation", ["document_id"], unique=False
    )
    for statement in GRANTS:
        op.execute(statement)
    for statement in FREEZE:
        op.execute(statement)
    op.execute(vat_rates.statement())


def downgrade() -> None:
    raise RuntimeError("the first schema has nothing before it")
