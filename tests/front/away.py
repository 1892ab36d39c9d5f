"""A database that cannot give the rows of one table for a while."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.front.client import WaymarkBot


@contextmanager
def away(bot: WaymarkBot, table: str) -> Iterator[None]:
    """While this lasts, the table has another name, so that whoever asks for it finds the database at fault."""

    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(bot.store.database.file or "")) as connection:
            connection.execute(f"ALTER TABLE {before} RENAME TO {after}")

    rename(table, "away")
    try:
        yield
    finally:
        rename("away", table)
