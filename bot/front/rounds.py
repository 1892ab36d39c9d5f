"""Rounds: what a command group does again and again by itself, and when, for `discord.ext.tasks`.

Unlike an interval these times make up for nothing: where the clock jumps, as in a sandbox, discord.py 2.7.1 goes one
round for each interval missed, half a million of them for a year of minutes.
"""

import asyncio
import datetime as dt
from typing import Any

from discord.ext import commands, tasks

from bot.front.client import WaymarkBot

#: Each whole hour of a day, and each whole minute.
EVERY_HOUR = [dt.time(hour, tzinfo=dt.UTC) for hour in range(24)]
EVERY_MINUTE = [dt.time(hour, minute, tzinfo=dt.UTC) for hour in range(24) for minute in range(60)]


class Rounds(commands.Cog):
    """A command group that goes rounds from when it is loaded until it is unloaded, and ends the one it is on.

    Each kind gives `go_round`, a loop that does its work under `going` and stops early when `ending` is set.
    """

    go_round: tasks.Loop[Any]

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot
        self.going = asyncio.Lock()
        self.ending = False

    async def cog_load(self) -> None:
        """Begins."""
        self.go_round.start()

    async def cog_unload(self) -> None:
        """Ends, after the round if one is on: a connection that is broken off in its work would keep the process."""
        self.ending = True
        try:
            async with self.going:
                pass
        finally:
            self.go_round.cancel()
