"""Alembic's entry: always a connection of ours, always inside its transaction."""

from alembic import context

from qualcoder_lite.store import journal_tables, schema  # noqa: F401 - they fill the metadata
from qualcoder_lite.store.columns import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
