"""What Alembic runs for each migration, on the connection and inside the transaction of `bot.store.revisions`."""

from alembic import context

from bot.store.revisions import VERSION_TABLE
from bot.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    # SQLite changes a table only by making it anew.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
