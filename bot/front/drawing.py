"""Draws pictures for messages: off the event loop, one at a time, and none twice in a row."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import discord
import structlog

from bot.charts.picture import Picture, Pictures

log = structlog.stdlib.get_logger("waymark.front")

#: So long an answer waits at most for a picture that it can do without, in seconds. A drawing takes 0.3 s; only the
#: first one of a process takes longer, as the library for it has to be loaded.
PATIENCE = 1.0

_Content = TypeVar("_Content", bound=Hashable)


def may_attach(interaction: discord.Interaction) -> bool:
    """Whether pictures may be sent where the interaction comes from; a message is never refused for its picture."""
    return interaction.guild_id is None or interaction.app_permissions.attach_files


class Drawing:
    """The pictures of a bot, drawn in a thread of its own and kept by what they show."""

    def __init__(self) -> None:
        self._pictures = Pictures()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")

    def close(self) -> None:
        """Draws no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def picture(self, draw: Callable[[_Content], Picture], content: _Content) -> Picture | None:
        """The picture that `draw` makes of the content, which is frozen; None when it fails, which the log tells.

        No message fails because of its picture: all that it shows is written, too.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._pictures.get, draw, content)
        except Exception:
            log.exception("a picture could not be drawn", picture=draw.__qualname__)
            return None

    async def soon(self, draw: Callable[[_Content], Picture], content: _Content) -> Picture | None:
        """The same, but None when it takes longer than a moment; it is drawn all the same, and there the next time."""
        drawing = asyncio.ensure_future(self.picture(draw, content))
        done, _ = await asyncio.wait({drawing}, timeout=PATIENCE)
        return drawing.result() if done else None
