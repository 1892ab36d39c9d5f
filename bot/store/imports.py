"""Files that moderators want to import: they wait in the database until one agrees, and leave behind what was before.

So a restart between the two loses nothing, and an import can be undone.
"""

import asyncio
import datetime as dt
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import WaymarkError
from bot.store.database import Database
from bot.store.drafts import checked_reason
from bot.store.entries import CommunityEntries
from bot.store.personal import Held, rows, theirs
from bot.store.snapshots import Snapshot
from bot.store.tables import ImportRow
from bot.store.values import BIN_DAYS, MissingEntryError

#: How long a file waits to be imported, and how long an import can be undone: as long as the bin keeps what it lost.
WAITING, UNDOING = dt.timedelta(days=1), dt.timedelta(days=BIN_DAYS)
#: How many files and imports are kept of a server, so that nobody can fill the disk; the oldest go first.
MOST = 10
#: How the title of an import begins that undoes another.
UNDO = "Undo of "


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did, in numbers of entries; `total`: how many the server has since, `after`: their fingerprint.

    `undid`: whether it brought back what was before another.
    """

    title: str
    undid: bool
    new: int
    changed: int
    lost: int
    total: int
    after: str


@dataclass(frozen=True, slots=True)
class Import:
    """A file as it waits; `keep`: entries that it lacks stay. Once it is imported, `file` is what stood before."""

    key: str
    server: int
    title: str
    file: Snapshot
    keep: bool = False
    done: Done | None = None


class StaleImportError(WaymarkError):
    """The server's entries are no longer those that the file was compared with; nothing was changed."""


class Imports:
    """The imports in a database. `clock` tells the time of what is written."""

    def __init__(
        self,
        database: Database,
        entries: CommunityEntries,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC),
    ) -> None:
        self._database = database
        self._entries = entries
        self._clock = clock

    async def keep(self, server: int, title: str, file: Snapshot, author: int, *, keep: bool = False) -> Import:
        """Keeps the checked entries of a file until they are imported; `title` is what the audit log will say."""
        waiting = Import(secrets.token_hex(8), server, checked_reason(title) or "Import", file, keep)
        text = await asyncio.to_thread(file.text)
        newest = select(ImportRow.key).where(ImportRow.server == server).order_by(ImportRow.at.desc(), ImportRow.key)
        async with self._database.writing() as session:
            await session.execute(
                delete(ImportRow).where(ImportRow.server == server, ImportRow.key.not_in(newest.limit(MOST - 1)))
            )
            session.add(
                ImportRow(
                    key=waiting.key, server=server, title=waiting.title, keep=keep, entries=text,
                    author=author, at=self._clock(),
                )
            )  # fmt: skip
        return waiting

    async def get(self, server: int, key: str) -> Import:
        """The server's import; raises `MissingEntryError` when it was cancelled or waited too long."""
        asked = select(ImportRow).where(ImportRow.server == server, ImportRow.key == key, self._lasting())
        async with self._database.reading() as session:
            return await _import(await session.scalar(asked))

    async def cancel(self, server: int, key: str) -> Import:
        """Lets the file go if it waits still, and gives the import as it is."""
        found = await self.get(server, key)
        asked = delete(ImportRow).where(ImportRow.server == server, ImportRow.key == key, ImportRow.done.is_(None))
        async with self._database.writing() as session:
            await session.execute(asked)
        return found

    async def carry_out(self, server: int, key: str, author: int, *, seen: str) -> Done:
        """Imports the file as a whole, and tells what that did; a second time only tells it.

        `seen`: the fingerprint of the entries with which the file was compared. Raises `StaleImportError` when the
        server has others by now, and `MissingEntryError` when the import was cancelled or waited too long.
        """

        async def attempt(session: AsyncSession) -> Done:
            asked = select(ImportRow).where(ImportRow.server == server, ImportRow.key == key, self._lasting())
            row = await session.scalar(asked.with_for_update())
            found = await _import(row)
            if row is None or found.done is not None:
                assert found.done is not None, "a row that is missing was told"
                return found.done
            before = after = found.file

            def wanted(standing: Snapshot) -> Snapshot:
                nonlocal before, after
                if standing.fingerprint() != seen:
                    raise StaleImportError("The entries were changed since you looked, so nothing was imported.")
                before, after = standing, found.file.laid_over(standing, keep=found.keep)
                return after

            replaced = await self._entries.replacing(session, server, wanted, author, found.title)
            done = Done(
                found.title,
                found.title.startswith(UNDO),
                len(replaced.new),
                len(replaced.changed),
                len(replaced.lost),
                len(after.drafts),
                await asyncio.to_thread(after.fingerprint),
            )
            row.entries = await asyncio.to_thread(before.text)
            row.done = json.dumps(asdict(done))
            row.at = self._clock()
            return done

        return await self._entries.attempted(attempt)

    async def undoing(self, server: int, key: str, author: int) -> Import:
        """A new import that waits, and that brings back what stood before the one of that key was done.

        Raises `MissingEntryError` when that one is too long ago.
        """
        found = await self.get(server, key)
        if found.done is None:
            raise MissingEntryError("This file was not imported yet, so there is nothing to undo.")
        return await self.keep(server, f"{UNDO}{found.title[:1].lower()}{found.title[1:]}", found.file, author)

    async def purge(self) -> int:
        """Lets go of what waited for a day, and of what could be undone for 30 days; gives how many there were."""
        asked = delete(ImportRow).where(~self._lasting()).returning(ImportRow.key)
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())

    async def export(self, person: int) -> Held:
        """What a person imported, and with their entries the files that wait."""
        row = ImportRow
        mine = theirs(row.author, person)
        async with self._database.reading() as session:
            about = (row.at, row.key, row.server, row.title)
            waiting = await rows(session, and_(mine, row.done.is_(None)), *about, row.entries)
            imported = await rows(session, and_(mine, row.done.is_not(None)), *about)
        return {row.__tablename__: [*waiting, *imported]}

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all go that a person has not imported, and takes their id out of the rest; gives in how many places."""
        mine = theirs(ImportRow.author, person, server)
        waiting = delete(ImportRow).where(mine, ImportRow.done.is_(None)).returning(ImportRow.key)
        imported = update(ImportRow).where(mine).values(author=None).returning(ImportRow.key)
        async with self._database.writing() as session:
            return sum([len((await session.scalars(asked)).all()) for asked in (waiting, imported)])

    def _lasting(self) -> ColumnElement[bool]:
        """What waits not too long yet, or was done not too long ago."""
        now = self._clock()
        return or_(
            and_(ImportRow.done.is_(None), ImportRow.at > now - WAITING),
            and_(ImportRow.done.is_not(None), ImportRow.at > now - UNDOING),
        )


async def _import(row: ImportRow | None) -> Import:
    if row is None:
        raise MissingEntryError(
            "This import was cancelled, or is too long ago. `/faq history` shows what was done; `/faq import` takes a "
            "file anew."
        )
    file = await asyncio.to_thread(Snapshot.read, row.entries)
    done = Done(**json.loads(row.done)) if row.done else None
    return Import(row.key, row.server, row.title, file, row.keep, done)
