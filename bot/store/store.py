"""All that is stored, opened at once."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.entries import CommunityEntries
from bot.store.pending import PendingDrafts
from bot.store.questions import Questions
from bot.store.server_settings import AllServerSettings


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart, by what it is about; `clock` tells the time of what is written."""

    database: Database
    clock: Callable[[], dt.datetime]
    entries: CommunityEntries
    pending: PendingDrafts
    questions: Questions
    settings: AllServerSettings

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(tz=dt.UTC)
    ) -> AsyncIterator["Store"]:
        """The store at a SQLAlchemy address, in its newest shape; raises `WaymarkError` when it cannot be used."""
        async with Database.open(address) as database:
            await database.migrate()
            entries = CommunityEntries(database, clock)
            yield cls(
                database,
                clock,
                entries,
                PendingDrafts(database, entries, clock),
                Questions(database, clock),
                AllServerSettings(database),
            )
