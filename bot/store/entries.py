"""The entries of communities: each server's own, with every version kept, and a bin for what was removed.

Each method is one transaction: it happens as a whole or not at all.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar, cast

from sqlalchemy import Select, and_, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.knowledge.exchange.ids import Ids
from bot.store.announcements import announce
from bot.store.database import Database
from bot.store.drafts import Draft, checked_id, checked_reason
from bot.store.personal import Held, rows, theirs
from bot.store.replacing import replace_all
from bot.store.snapshots import Snapshot
from bot.store.tables import AuditRow, EntryRow, VersionRow
from bot.store.values import (
    BIN_DAYS,
    Action,
    Binned,
    Change,
    Deed,
    MissingEntryError,
    Replaced,
    StaleEdit,
    StoredEntry,
    TakenIdError,
    Version,
)

_Result = TypeVar("_Result")

#: How many entries are read at once, a hundredth of a second's work.
PART = 200
#: What an entry is made of, in the order of `_stored_of`.
_COLUMNS = (
    EntryRow.server, EntryRow.entry_id, EntryRow.overrides, VersionRow.number, VersionRow.question, VersionRow.answer,
    VersionRow.phrasings, VersionRow.author, VersionRow.at, VersionRow.action, VersionRow.reason,
)  # fmt: skip
#: How often a write is tried anew when another took its id at the same moment (PostgreSQL; in SQLite they queue up).
_ATTEMPTS = 30


class CommunityEntries:
    """The entries in a database. `clock` tells the time of what is written."""

    def __init__(
        self, database: Database, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    async def servers(self) -> tuple[int, ...]:
        """The servers that have entries, in order."""
        asked = select(EntryRow.server).where(EntryRow.removed_at.is_(None)).distinct().order_by(EntryRow.server)
        async with self._database.reading() as session:
            return tuple(await session.scalars(asked))

    async def all(self, server: int) -> tuple[StoredEntry, ...]:
        """The server's entries that are not in the bin, by id."""
        asked = _texts(server).where(EntryRow.removed_at.is_(None)).with_only_columns(*_COLUMNS)
        found: list[StoredEntry] = []
        async with self._database.reading() as session:
            # In parts, between which others are heard; and as plain columns, which costs a third of whole rows.
            async for rows in (await session.stream(asked)).partitions(PART):
                found += [_stored_of(*row) for row in rows]
        return tuple(sorted(found, key=lambda entry: entry.id))

    async def get(self, server: int, entry_id: str) -> StoredEntry | None:
        """The entry, None when there is none or it lies in the bin."""
        async with self._database.reading() as session:
            return await self.reading(session, server, entry_id)

    async def reading(self, session: AsyncSession, server: int, entry_id: str) -> StoredEntry | None:
        """What `get` gives, in a transaction of the caller's."""
        asked = _texts(server).where(EntryRow.entry_id == entry_id, EntryRow.removed_at.is_(None))
        found = (await session.execute(asked)).tuples().first()
        return _stored(*found) if found else None

    async def history(self, server: int, entry_id: str) -> tuple[Version, ...]:
        """All versions of an entry, the newest first, also when it lies in the bin; none when there never was one."""
        asked = select(VersionRow).where(VersionRow.server == server, VersionRow.entry_id == entry_id)
        async with self._database.reading() as session:
            return tuple(_version(text) for text in await session.scalars(asked.order_by(VersionRow.number.desc())))

    async def bin(self, server: int, now: dt.datetime) -> tuple[Binned, ...]:
        """What was removed in the last 30 days, the latest first."""
        asked = _texts(server).where(EntryRow.removed_at > now - dt.timedelta(days=BIN_DAYS))
        async with self._database.reading() as session:
            found = (await session.execute(asked)).tuples().all()
        binned = [Binned(_stored(row, text), text.at + dt.timedelta(days=BIN_DAYS)) for row, text in found]
        return tuple(sorted(binned, key=lambda each: (each.until, each.entry.id), reverse=True))

    async def audit(self, server: int, limit: int = 50) -> tuple[Change, ...]:
        """The last that was done to the server's entries, the newest first."""
        asked = select(AuditRow).where(AuditRow.server == server).order_by(AuditRow.number.desc()).limit(limit)
        async with self._database.reading() as session:
            return tuple(
                Change(row.entry_id, row.version, cast("Deed", row.action), row.author, row.at, row.reason)
                for row in await session.scalars(asked)
            )

    async def add(  # noqa: PLR0913 - what an entry is made of
        self,
        server: int,
        draft: Draft,
        author: int,
        *,
        entry_id: str | None = None,
        reason: str | None = None,
        overrides: bool = False,
        guide_ids: Collection[str] = (),
    ) -> StoredEntry:
        """A new entry; without an id it gets a readable one from its question that is none of `guide_ids`.

        `overrides`: it stands in place of the guide's entry with its id. Under an id that lies in the bin it goes on
        with that history. Raises `TakenIdError` for the id of an entry that is there.
        """

        async def attempt(session: AsyncSession) -> StoredEntry:
            return await self.adding(
                session, server, draft, author,
                entry_id=entry_id, reason=reason, overrides=overrides, guide_ids=guide_ids,
            )  # fmt: skip

        return await self.attempted(attempt)

    async def adding(  # noqa: PLR0913 - what an entry is made of
        self,
        session: AsyncSession,
        server: int,
        draft: Draft,
        author: int,
        *,
        entry_id: str | None = None,
        reason: str | None = None,
        overrides: bool = False,
        guide_ids: Collection[str] = (),
    ) -> StoredEntry:
        """What `add` does, in a transaction of the caller's; an `IntegrityError` there asks for another attempt."""
        draft, named = draft.checked(), checked_id(entry_id) if entry_id is not None else None
        found = named or Ids({*guide_ids, *await _ids(session, server)}).make(draft.question)
        # An id that was made here is free; should another take it at this moment, the next attempt makes the next.
        row = await _locked(session, server, found) if named else None
        if row is not None and row.removed_at is None:
            raise TakenIdError(f"There is an entry `{found}` already. Nothing was saved; edit it or name another id.")
        row = row or EntryRow(server=server, entry_id=found, version=0)
        row.overrides = overrides
        return await self._save(session, row, draft, author, "add", reason)

    async def edit(  # noqa: PLR0913 - what an edit is made of
        self,
        server: int,
        entry_id: str,
        draft: Draft,
        author: int,
        *,
        expected_version: int,
        reason: str | None = None,
    ) -> StoredEntry:
        """The entry with a new text, or as it was when the text is the same.

        Raises `StaleEdit` when it is no longer at the expected version, `MissingEntryError` when it is gone.
        """
        async with self._database.writing() as session:
            return await self.editing(
                session, server, entry_id, draft, author, expected_version=expected_version, reason=reason
            )

    async def editing(  # noqa: PLR0913 - what an edit is made of
        self,
        session: AsyncSession,
        server: int,
        entry_id: str,
        draft: Draft,
        author: int,
        *,
        expected_version: int,
        reason: str | None = None,
    ) -> StoredEntry:
        """What `edit` does, in a transaction of the caller's."""
        draft = draft.checked()
        row, current = await _living(session, server, entry_id)
        if current.version != expected_version:
            raise StaleEdit(draft, current, expected_version)
        if current.draft == draft:
            return current
        return await self._save(session, row, draft, author, "edit", reason)

    async def remove(self, server: int, entry_id: str, author: int, *, reason: str | None = None) -> StoredEntry:
        """Puts the entry into the bin, and gives it as it lies there; raises `MissingEntryError` when it is gone."""
        async with self._database.writing() as session:
            row, current = await _living(session, server, entry_id)
            return await self._save(session, row, current.draft, author, "remove", reason)

    async def take_back(self, server: int, entry_id: str, author: int, *, reason: str | None = None) -> StoredEntry:
        """Removes an edit of the guide's entry, so that the guide's own text is shown again.

        Raises `MissingEntryError` when there is no entry with this id that stands in place of the guide's.
        """
        async with self._database.writing() as session:
            row, current = await _living(session, server, entry_id)
            if not row.overrides:
                raise MissingEntryError(
                    f"`{entry_id}` is the community's own entry, no edit of the guide's. Nothing was changed."
                )
            return await self._save(session, row, current.draft, author, "remove", reason)

    async def restore(
        self, server: int, entry_id: str, version: int, author: int, *, reason: str | None = None
    ) -> StoredEntry:
        """The entry with the text of an earlier version, as a new version; takes it out of the bin if it lies there.

        Raises `MissingEntryError` when there is no such version.
        """
        async with self._database.writing() as session:
            row = await _locked(session, server, entry_id)
            text = await session.get(VersionRow, (server, entry_id, version)) if row else None
            if row is None or text is None:
                raise MissingEntryError(f"There is no version {version} of `{entry_id}`. Nothing was changed.")
            return await self._save(session, row, _version(text).draft, author, "restore", reason)

    async def replace(
        self,
        server: int,
        drafts: Mapping[str, Draft],
        author: int,
        reason: str | None = None,
        guide_ids: Collection[str] = (),
    ) -> Replaced:
        """Makes the drafts, by id, the server's entries: what is not among them goes into the bin.

        `guide_ids`: the ids of the guide, in whose place new entries with them will stand. Raises `WaymarkError` and
        changes nothing when one of the drafts is no entry.
        """
        wanted = await asyncio.to_thread(Snapshot.checked, drafts, guide_ids)

        async def attempt(session: AsyncSession) -> Replaced:
            return await self.replacing(session, server, lambda _: wanted, author, reason)

        return await self.attempted(attempt)

    async def replacing(
        self,
        session: AsyncSession,
        server: int,
        wanted: Callable[[Snapshot], Snapshot],
        author: int,
        reason: str | None = None,
    ) -> Replaced:
        """What `replace` does, in a transaction of the caller's.

        `wanted` is given the entries that stand, which nobody else changes until the transaction ends, and gives those
        that shall; it is called in a thread, and what it raises changes nothing.
        """
        done = await replace_all(session, server, wanted, author, self._clock(), checked_reason(reason))
        await announce(session, server)
        return done

    async def purge(self, now: dt.datetime) -> int:
        """Ends for good what has lain in the bin for 30 days, with all its versions; gives how many entries."""
        over = and_(EntryRow.removed_at.is_not(None), EntryRow.removed_at <= now - dt.timedelta(days=BIN_DAYS))
        async with self._database.writing() as session:
            gone = (
                await session.execute(
                    delete(EntryRow).where(over).returning(EntryRow.server, EntryRow.entry_id, EntryRow.version)
                )
            ).all()
            session.add_all(
                AuditRow(server=server, entry_id=entry_id, version=version, action="purge", at=self._clock())
                for server, entry_id, version in sorted(tuple(row) for row in gone)
            )
        return len(gone)

    async def export(self, person: int) -> Held:
        """What a person wrote and did."""
        text, deed = VersionRow, AuditRow
        written = (
            text.server, text.entry_id, text.number, text.question, text.answer, text.phrasings, text.at, text.action,
            text.reason,
        )  # fmt: skip
        done = (deed.number, deed.server, deed.entry_id, deed.version, deed.at, deed.action, deed.reason)
        async with self._database.reading() as session:
            return {
                text.__tablename__: await rows(session, theirs(text.author, person), *written),
                deed.__tablename__: await rows(session, theirs(deed.author, person), *done),
            }

    async def forget(self, person: int, server: int | None = None) -> int:
        """Takes a person's id out of all versions and the audit log; gives in how many places it stood."""
        places = 0
        async with self._database.writing() as session:
            for table in (VersionRow, AuditRow):
                asked = update(table).where(theirs(table.author, person, server)).values(author=None)
                places += len((await session.scalars(asked.returning(table.server))).all())
        return places

    async def _save(  # noqa: PLR0913, PLR0917 - what a version is made of
        self, session: AsyncSession, row: EntryRow, draft: Draft, author: int, action: Action, reason: str | None
    ) -> StoredEntry:
        """The next version of an entry, current from now on, and its line in the audit log."""
        at, why = self._clock(), checked_reason(reason)
        row.version += 1
        row.removed_at = at if action == "remove" else None
        session.add(row)
        # Row by row, as a version hangs on its entry.
        await session.flush()
        text = VersionRow(
            server=row.server, entry_id=row.entry_id, number=row.version,
            question=draft.question, answer=draft.answer, phrasings=list(draft.phrasings),
            author=author, at=at, action=action, reason=why,
        )  # fmt: skip
        session.add(text)
        session.add(
            AuditRow(
                server=row.server, entry_id=row.entry_id, version=row.version,
                action=action, author=author, at=at, reason=why,
            )
        )  # fmt: skip
        await session.flush()
        await announce(session, row.server)
        return _stored(row, text)

    async def attempted(self, attempt: Callable[[AsyncSession], Awaitable[_Result]]) -> _Result:
        """Does it in one transaction, and anew when another wrote the same new entry at the same moment."""
        for _ in range(_ATTEMPTS - 1):
            try:
                async with self._database.writing() as session:
                    return await attempt(session)
            except IntegrityError:
                continue
        async with self._database.writing() as session:
            return await attempt(session)


def _texts(server: int) -> Select[tuple[EntryRow, VersionRow]]:
    """The server's entries with their current versions."""
    return (
        select(EntryRow, VersionRow)
        .join(
            VersionRow,
            and_(
                VersionRow.server == EntryRow.server,
                VersionRow.entry_id == EntryRow.entry_id,
                VersionRow.number == EntryRow.version,
            ),
        )
        .where(EntryRow.server == server)
    )


async def _ids(session: AsyncSession, server: int) -> set[str]:
    """All ids of a server, those in the bin too."""
    return set(await session.scalars(select(EntryRow.entry_id).where(EntryRow.server == server)))


async def _locked(session: AsyncSession, server: int, entry_id: str) -> EntryRow | None:
    """The entry, which nobody else changes until this transaction ends."""
    return await session.get(EntryRow, (server, entry_id), with_for_update=True)


async def _living(session: AsyncSession, server: int, entry_id: str) -> tuple[EntryRow, StoredEntry]:
    """The entry, locked, as it stands; raises `MissingEntryError` when there is none or it lies in the bin."""
    row = await _locked(session, server, entry_id)
    text = await session.get(VersionRow, (server, entry_id, row.version)) if row else None
    if row is None or text is None or row.removed_at is not None:
        raise MissingEntryError(f"There is no entry `{entry_id}`, or it was removed meanwhile. Nothing was changed.")
    return row, _stored(row, text)


def _stored_of(  # noqa: PLR0913, PLR0917 - the columns of an entry
    server: int, entry_id: str, overrides: bool, number: int, question: str, answer: str, phrasings: list[str],
    author: int | None, at: dt.datetime, action: str, reason: str | None,
) -> StoredEntry:  # fmt: skip
    draft = Draft(question, answer, tuple(phrasings))
    return StoredEntry(server, entry_id, Version(number, draft, author, at, cast("Action", action), reason), overrides)


def _version(text: VersionRow) -> Version:
    draft = Draft(text.question, text.answer, tuple(text.phrasings))
    return Version(text.number, draft, text.author, text.at, cast("Action", text.action), text.reason)


def _stored(row: EntryRow, text: VersionRow) -> StoredEntry:
    return StoredEntry(row.server, row.entry_id, _version(text), row.overrides)
