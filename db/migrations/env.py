"""What Alembic runs: the steps, on the connection that `db.migrations.running` hands it."""

from alembic import context
from sqlmodel import SQLModel

import db.models  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
