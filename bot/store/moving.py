"""Backups, and the way from one kind of database to the other: a backup of either can be restored into either.

A SQLite database is copied as a SQLite file, PostgreSQL is written as lines of text (`dump`).
"""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, StaticPool, create_engine, func, inspect, select

from bot.errors import WaymarkError
from bot.store import dump, revisions
from bot.store.announcements import announce_all
from bot.store.database import Database
from bot.store.tables import EntryRow

#: The first bytes of every SQLite file.
_SQLITE = b"SQLite format 3\x00"


async def backup(database: Database, path: Path) -> None:
    """Writes all that the database holds at this moment to a file, while others go on using the database.

    The file is put in place when it is whole: until then one that stands there stays. Only its owner may read it.
    Raises `WaymarkError` when it cannot be written, or when there is nothing of Waymark's to write.
    """
    source = database.file

    def write(connection: Connection) -> None:
        if source is not None and path.exists() and path.samefile(source):
            raise WaymarkError(f"{path} is the database itself. Nothing was written; name another file.")
        with _in_place(path) as unfinished:
            if source is None:
                with unfinished.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(dump.lines(connection))
            elif revisions.revision_of(connection) is None:
                raise WaymarkError(f"{source} holds nothing of Waymark's yet. `waymark migrate` sets it up.")
            else:
                _copy(source, unfinished)

    await database.snapshot(write)


async def restore(database: Database, path: Path) -> int:
    """Puts what a backup holds in the place of all that the database has, and gives the number of entries.

    The backup may come from the other kind of database, or from an older Waymark. Raises `WaymarkError` for a file that
    is none, or that is damaged; the database is then as it was.
    """
    found = await asyncio.to_thread(read, path)

    def replace(connection: Connection) -> int:
        dump.load(connection, found)
        announce_all(connection)
        return count(connection)

    return await database.alone(replace)


async def entries_in(database: Database) -> int:
    """How many entries the database has, those in the bins too."""
    return await database.snapshot(count)


def count(connection: Connection) -> int:
    """How many entries there are; none in a database that holds nothing of Waymark's."""
    if not inspect(connection).has_table(EntryRow.__tablename__):
        return 0
    return connection.scalar(select(func.count()).select_from(EntryRow)) or 0


def read(path: Path) -> dump.Dump:
    """What a backup of either kind holds; raises `WaymarkError` when it is none or not whole."""
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(_SQLITE)) == _SQLITE
        if is_sqlite:
            return _read_sqlite(path)
        with path.open(encoding="utf-8", newline="\n") as text:
            return dump.read(text, str(path))
    except OSError as error:
        raise WaymarkError(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from None
    except UnicodeDecodeError:
        raise WaymarkError(
            f"{path} is no backup of Waymark's, or damaged. Nothing was changed; name a file that `backup` wrote."
        ) from None


def _read_sqlite(path: Path) -> dump.Dump:
    """Reads a copy in memory, so that the file stays as it is, down to its last byte."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as memory:
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
                source.backup(memory)
            sound = _is_whole(path) and memory.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise WaymarkError(f"{path} is damaged or not whole. Nothing was changed; restore from another backup.")
        engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
        try:
            with engine.connect() as connection:
                if revisions.revision_of(connection) is None:
                    raise WaymarkError(f"{path} holds nothing of Waymark's. Nothing was changed; name another file.")
                return dump.read(dump.lines(connection), str(path))
        finally:
            engine.dispose()


def _is_whole(path: Path) -> bool:
    """Whether the file is as long as its head says; SQLite itself takes a page that was cut off for one with zeros.

    The head has the size of a page at byte 16 (1 stands for 65,536) and the number of pages at byte 28:
    https://www.sqlite.org/fileformat.html
    """
    with path.open("rb") as file:
        head = file.read(32)
    size = int.from_bytes(head[16:18], "big")
    return path.stat().st_size >= (65_536 if size == 1 else size) * int.from_bytes(head[28:32], "big")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        # One file that is all there is, with no log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _in_place(path: Path) -> Iterator[Path]:
    """A file beside the named one, which takes its place when the block has ended well."""
    unfinished: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        unfinished = Path(name)
        os.close(handle)
        yield unfinished
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise WaymarkError(
            f"{path} cannot be written: {reason}. Name another file; the database is as it was."
        ) from None
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
