"""Forms that moderators filled in and have not published yet, so that a restart between the two loses nothing."""

import datetime as dt
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import Database
from bot.store.drafts import Draft, checked_id, checked_reason
from bot.store.entries import CommunityEntries
from bot.store.personal import Held, rows, theirs
from bot.store.tables import PendingRow
from bot.store.values import MissingEntryError, StaleEdit, StoredEntry

#: How long a form waits to be published.
WAITING = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pending:
    """A form as it waits: `entry_id` is None for a new entry, `expected_version` for one that the server has not."""

    key: str
    server: int
    entry_id: str | None
    expected_version: int | None
    draft: Draft
    author: int
    reason: str | None = None


class PendingDrafts:
    """The forms that wait in a database. `clock` tells the time of what is written."""

    def __init__(
        self,
        database: Database,
        entries: CommunityEntries,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC),
    ) -> None:
        self._database = database
        self._entries = entries
        self._clock = clock

    async def keep(  # noqa: PLR0913 - what a form is made of
        self,
        server: int,
        draft: Draft,
        author: int,
        *,
        entry_id: str | None = None,
        expected_version: int | None = None,
        reason: str | None = None,
        as_typed: bool = False,
    ) -> Pending:
        """Keeps a form until it is published; raises `WaymarkError` for what is no entry.

        `as_typed`: keeps that too, for its author to mend; it cannot be published.
        """
        named = checked_id(entry_id) if entry_id is not None else None
        kept = draft.cleaned() if as_typed else draft.checked()
        pending = Pending(secrets.token_hex(8), server, named, expected_version, kept, author, checked_reason(reason))
        async with self._database.writing() as session:
            await session.execute(delete(PendingRow).where(PendingRow.at < self._clock() - WAITING))
            session.add(
                PendingRow(
                    key=pending.key, server=server, entry_id=named, expected_version=expected_version,
                    question=pending.draft.question, answer=pending.draft.answer,
                    phrasings=list(pending.draft.phrasings),
                    reason=pending.reason, author=author, at=self._clock(),
                )
            )  # fmt: skip
        return pending

    async def get(self, key: str) -> Pending:
        """The form; raises `MissingEntryError` when it was published or cancelled, or waited too long."""
        async with self._database.reading() as session:
            row = await session.get(PendingRow, key)
        return self._waiting(row)

    async def cancel(self, key: str) -> None:
        """Lets the form go; one that is gone already stays so."""
        async with self._database.writing() as session:
            await session.execute(delete(PendingRow).where(PendingRow.key == key))

    async def rebase(self, key: str, expected_version: int) -> None:
        """Lets the form stand on that version of its entry, after its author has seen it."""
        asked = update(PendingRow).where(PendingRow.key == key).values(expected_version=expected_version)
        async with self._database.writing() as session:
            await session.execute(asked)

    async def publish(self, key: str, author: int, guide_ids: Collection[str] = ()) -> StoredEntry:
        """The entry as the form makes it, saved and the form gone in one transaction: a second click finds nothing.

        A new entry gets an id that is none of `guide_ids`. Raises `MissingEntryError` when the form or its entry is
        gone, and `StaleEdit` when the entry was changed since the form was filled in; the form then stays.
        """

        async def attempt(session: AsyncSession) -> StoredEntry:
            row = await session.get(PendingRow, key, with_for_update=True)
            saved = await self._save(session, self._waiting(row), author, guide_ids)
            await session.execute(delete(PendingRow).where(PendingRow.key == key))
            return saved

        return await self._entries.attempted(attempt)

    async def _save(
        self, session: AsyncSession, pending: Pending, author: int, guide_ids: Collection[str]
    ) -> StoredEntry:
        server, entry_id, draft, reason = pending.server, pending.entry_id, pending.draft, pending.reason
        if entry_id is None:
            return await self._entries.adding(session, server, draft, author, reason=reason, guide_ids=guide_ids)
        if pending.expected_version is not None:
            return await self._entries.editing(
                session, server, entry_id, draft, author, expected_version=pending.expected_version, reason=reason
            )
        there = await self._entries.reading(session, server, entry_id)
        if there is not None:
            raise StaleEdit(draft, there, 0)
        return await self._entries.adding(
            session, server, draft, author, entry_id=entry_id, reason=reason, overrides=True
        )

    async def export(self, person: int) -> Held:
        """What a person filled in and has not published."""
        row = PendingRow
        columns = (
            row.at, row.key, row.server, row.entry_id, row.expected_version, row.question, row.answer, row.phrasings,
            row.reason,
        )  # fmt: skip
        async with self._database.reading() as session:
            return {row.__tablename__: await rows(session, theirs(row.author, person), *columns)}

    async def purge(self) -> int:
        """Lets go of forms that waited too long; gives how many."""
        asked = delete(PendingRow).where(PendingRow.at < self._clock() - WAITING).returning(PendingRow.key)
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())

    async def forget(self, person: int, server: int | None = None) -> int:
        """Lets all go that a person has not published; gives how many forms there were."""
        asked = delete(PendingRow).where(theirs(PendingRow.author, person, server)).returning(PendingRow.key)
        async with self._database.writing() as session:
            return len((await session.scalars(asked)).all())

    def _waiting(self, row: PendingRow | None) -> Pending:
        if row is None or row.at < self._clock() - WAITING:
            raise MissingEntryError(
                "This form was published or cancelled already, or waited longer than a day. `/faq history` shows what "
                "was saved; start again with `/faq add` or `/faq edit`."
            )
        draft = Draft(row.question, row.answer, tuple(row.phrasings))
        return Pending(row.key, row.server, row.entry_id, row.expected_version, draft, row.author, row.reason)
