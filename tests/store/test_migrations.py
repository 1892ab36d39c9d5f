"""The migrations end where the tables begin."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.store import revisions
from bot.store.database import Database
from bot.store.tables import Base


async def test_they_make_the_tables_that_the_code_wants(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"version_table": revisions.VERSION_TABLE, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))

    assert await database.snapshot(differences) == []
