"""What Alembic runs: the migrations, on the connection and in the transaction that it was handed."""

from __future__ import annotations

from alembic import context

from briefing_app.storage.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
