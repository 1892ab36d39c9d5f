"""Lets go, every hour, of what has been kept for long enough: the bin's oldest, members' words, coaches nobody asks."""

import datetime as dt
from collections.abc import Awaitable, Callable

import discord
import structlog
from discord.ext import tasks

from bot.errors import WaymarkError
from bot.front.client import WaymarkBot
from bot.front.presence import is_there, look_up
from bot.front.rounds import EVERY_HOUR, Rounds
from bot.store.server_settings import MOST_KEPT_DAYS

log = structlog.stdlib.get_logger("waymark")

#: A round that comes sooner after the one before has nothing to do.
PAUSE = dt.timedelta(minutes=30)


class Housekeeping(Rounds):
    """Goes its round when the bot is ready, and at each whole hour from then on.

    By the store's clock, which tells how old things are: where that stood still, as in a sandbox whose own time jumps
    over months, nothing has become older and there is nothing to do.
    """

    def __init__(self, bot: WaymarkBot) -> None:
        super().__init__(bot)
        self._done_at: dt.datetime | None = None

    @tasks.loop(time=EVERY_HOUR)
    async def go_round(self) -> None:
        """Does each chore; one that fails, as when the database is away, leaves the others be and is tried again."""
        now = self._bot.store.clock()
        if self._done_at is not None and now - self._done_at < PAUSE:
            return
        async with self.going:
            done = [await self._do(name, chore) for name, chore in self._chores().items()]
        self._done_at = now if all(done) else None

    @go_round.before_loop
    async def _at_first(self) -> None:
        await self._bot.wait_until_ready()
        await self.go_round()

    def _chores(self) -> dict[str, Callable[[], Awaitable[int]]]:
        """What to do in a round, by what it lets go of; each gives how much that was."""
        return {
            "entries out of the bin": self._empty_bins,
            "forms": self._bot.store.pending.purge,
            "imports": self._bot.store.imports.purge,
            "members' words": self._forget_words,
            "members who left": self._forget_who_left,
            "idle coaches": self._drop_coaches,
        }

    @staticmethod
    async def _do(name: str, chore: Callable[[], Awaitable[int]]) -> bool:
        """Does a chore and logs what came of it; whether it was done."""
        try:
            count = await chore()
        except WaymarkError as error:
            log.warning("housekeeping has to wait", of=name, why=str(error))
            return False
        except Exception:
            # A fault in one chore must not end all rounds.
            log.exception("housekeeping failed", of=name)
            return False
        if count:
            log.info("let go", of=name, count=count)
        return True

    async def _empty_bins(self) -> int:
        store = self._bot.store
        return await store.entries.purge(store.clock())

    async def _forget_words(self) -> int:
        store = self._bot.store
        return sum((await store.privacy.retention(store.clock())).values())

    async def _forget_who_left(self) -> int:
        """Forgets in a server who left it long enough ago; and wholly, who is in no other one with the bot."""
        privacy, now = self._bot.store.privacy, self._bot.store.clock()
        await look_up(self._bot)
        gone = await privacy.forget_left(now)
        for server, person in gone:
            try:
                if not await self._is_anywhere(person):
                    await privacy.forget(person)
            except discord.HTTPException as error:
                log.warning("who has left could not be looked up", server=server, why=str(error))
                # As if they had left long ago, so that the next round asks again.
                await privacy.left(server, person, now - dt.timedelta(days=MOST_KEPT_DAYS))
        return len(gone)

    async def _is_anywhere(self, person: int) -> bool:
        """Whether the person is in any server with the bot."""
        for server in list(self._bot.guilds):
            if await is_there(server, person):
                return True
        return False

    async def _drop_coaches(self) -> int:
        return self._bot.coaches.drop_idle()
