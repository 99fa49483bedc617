"""Alembic's entry: runs inside the connection that praho.core.db.migrate opened and locked."""

from alembic import context

from praho.models.all import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, compare_type=True, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
