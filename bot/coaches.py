"""The coach of each server: the guides with the server's own entries over them, made anew when those change.

Coaches are made off the event loop and take their places whole; whoever asks meanwhile gets the one before.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from bot.knowledge.models import Entry
from bot.matching.coach import Coach
from bot.store.database import StoreUnavailableError
from bot.store.entries import CommunityEntries
from bot.store.values import StoredEntry

log = structlog.stdlib.get_logger("waymark")

#: A server that nobody asked in for so many seconds is read again at its next question.
IDLE_SECONDS = 3600.0

_Result = TypeVar("_Result")


@dataclass(slots=True)
class _Held:
    """A server's coach, None where the server has no entries of its own; `used` is a reading of the clock."""

    coach: Coach | None
    used: float = field(default=0.0)


class Coaches:
    """The coaches of all servers. `base` knows the guides alone; it may be replaced, and `refresh_all` follows."""

    def __init__(
        self,
        base: Coach,
        extended: Callable[[Coach, Sequence[Entry]], Coach],
        entries: CommunityEntries,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`extended` makes the coach that knows these entries besides; `clock` tells seconds."""
        self.base = base
        self._extended = extended
        self._entries = entries
        self._clock = clock
        self._held: dict[int, _Held] = {}
        #: Held servers whose entries could not be read when they changed; their next question tries again.
        self._stale: set[int] = set()
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._making = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coaches")

    def close(self) -> None:
        """Makes no more coaches."""
        self._making.shutdown(wait=False, cancel_futures=True)

    def is_ready(self, server: int | None) -> bool:
        """Whether the server's coach is there at once."""
        return server is None or server in self._held

    async def of(self, server: int | None) -> Coach:
        """The server's coach; for None, as in direct messages, the one that knows the guides alone.

        Made at the first question, in up to a few seconds. While the database is away, servers keep the coach they
        have, and those that have none get the guides alone.
        """
        if server is None:
            return self.base
        if server not in self._held or server in self._stale:
            try:
                await self.refresh(server)
            except StoreUnavailableError as error:
                log.warning("a server is answered without its newest entries", server=server, why=str(error))
        held = self._held.get(server)
        if held is None:
            return self.base
        held.used = self._clock()
        return held.coach or self.base

    async def refresh(self, server: int) -> None:
        """Reads the server's entries again; when this returns, the coach knows all that was saved before the call.

        Calls that come while one waits for another are done together.
        """
        waiting = self._waiting.get(server)
        if waiting is None:
            waiting = self._waiting[server] = asyncio.ensure_future(self._make(server))
        await asyncio.shield(waiting)

    async def refresh_held(self, server: int) -> None:
        """Reads the server's entries again if its coach is held or just being made; else the next question does."""
        if server in self._held or self._locks[server].locked():
            await self.refresh(server)

    async def refresh_all(self, base: Coach | None = None) -> None:
        """Reads the entries of all held servers again, over a new base if one is given.

        When the database goes away meanwhile, the servers that are left are read at their next question.
        """
        self.base = base or self.base
        self.drop_idle()
        left = set(self._held)
        try:
            for server in list(self._locks):
                await self.refresh_held(server)
                left.discard(server)
        finally:
            self._stale |= left & self._held.keys()

    def drop_idle(self) -> int:
        """Lets go of coaches that nobody asked for an hour, and gives how many."""
        limit = self._clock() - IDLE_SECONDS
        idle = [server for server, held in self._held.items() if held.used < limit]
        for server in idle:
            del self._held[server]
            self._stale.discard(server)
        return len(idle)

    def entries_held(self) -> int:
        """How many entries all held coaches index together, the base's once."""
        own = (held.coach.knowledge.entries for held in self._held.values() if held.coach is not None)
        return len(self.base.knowledge.entries) + sum(map(len, own))

    async def trial(self, server: int, changes: Iterable[Entry], removed: Iterable[str] = ()) -> Coach:
        """The coach that the server would have with these entries added or replaced, and those removed."""
        stored = await self._entries.all(server)
        gone, changed = set(removed), {entry.id: entry for entry in changes}

        def made() -> Coach:
            entries = {entry.id: entry for entry in _entries_of(stored)} | changed
            # By id, as they will be read once they are saved: of two with the same wording the first one answers.
            return self._extended(self.base, [entries[name] for name in sorted(entries.keys() - gone)])

        return await self.work(made)

    async def work(self, task: Callable[[], _Result]) -> _Result:
        """Does long work with coaches in the thread that makes them, so that questions are answered meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._making, task)

    async def _make(self, server: int) -> None:
        try:
            await self._locks[server].acquire()
        finally:
            # Whatever is saved from here on may not be read below: it needs another making.
            self._waiting.pop(server, None)
        try:
            stored = await self._entries.all(server)
            coach = await self.work(lambda: self._extended(self.base, _entries_of(stored))) if stored else None
            held = self._held.get(server)
            self._held[server] = _Held(coach, held.used if held else self._clock())
            self._stale.discard(server)
        except Exception:
            if server in self._held:
                self._stale.add(server)
            raise
        finally:
            self._locks[server].release()


def _entries_of(stored: Iterable[StoredEntry]) -> list[Entry]:
    return [one.draft.entry(one.id) for one in stored]
