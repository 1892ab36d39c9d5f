"""Which shape a database has, and the way from there to the one this code wants, by Alembic.

Everything here works on a connection that is inside a transaction already.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import WaymarkError

#: Where the database notes its revision; of its own, as another program may keep an `alembic_version` beside it.
VERSION_TABLE = "waymark_revision"
# What Alembic tells at each step is of no use to those who run a bot.
logging.getLogger("alembic").setLevel(logging.WARNING)


def newest() -> str:
    """The revision that this code wants."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def revision_of(connection: Connection) -> str | None:
    """The revision of a database, None when it holds nothing of ours; raises `WaymarkError` for one from the future."""
    revision = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    if revision is not None and not known(revision):
        raise WaymarkError(
            f"The database was last used by a newer Waymark (its revision is {revision}, this one knows {newest()}). "
            "Nothing was changed; update Waymark, or name another database in DATABASE_URL."
        )
    return revision


def known(revision: str) -> bool:
    """Whether this code knows the revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection, revision: str = "head") -> str | None:
    """Brings the database to a revision, and gives the one it had; raises `WaymarkError` for one from the future."""
    before = revision_of(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return before


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
