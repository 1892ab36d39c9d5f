"""Shows in a private message how far long work is, while it is done in another thread."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context

import structlog
from discord import ui

from bot.front.client import Interaction

log = structlog.stdlib.get_logger("waymark.front")

#: Seconds between two looks at how far it is; Discord lets a message be edited about once a second.
EVERY_SECONDS = 2.0


class Progress:
    """Called from any thread with how much of how much is done, shows it in the interaction's message.

    Short work, of which Discord was told nothing yet, shows nothing. End it before the last answer, lest an older state
    comes after it.
    """

    def __init__(self, interaction: Interaction, view: Callable[[int, int], ui.LayoutView]) -> None:
        self._interaction = interaction
        self._view = view
        self._loop = asyncio.get_running_loop()
        # discord.py finds its connection by the context, and the other thread has none.
        self._context = copy_context()
        self._next = 0.0
        self._showing: asyncio.Task[None] | None = None
        self._ended = False

    def __call__(self, done: int, total: int) -> None:
        """Takes note of it."""
        self._loop.call_soon_threadsafe(self._show, done, total, context=self._context)

    async def end(self) -> None:
        """Shows nothing any more."""
        self._ended = True
        if self._showing is not None:
            await self._showing

    def _show(self, done: int, total: int) -> None:
        acknowledged = self._interaction.response.is_done()
        if self._ended or not acknowledged or self._loop.time() < self._next:
            return
        if self._showing is None or self._showing.done():
            self._next = self._loop.time() + EVERY_SECONDS
            self._showing = asyncio.create_task(self._edit(done, total), name="progress")

    async def _edit(self, done: int, total: int) -> None:
        try:
            await self._interaction.edit_original_response(view=self._view(done, total), attachments=[])
        except Exception as error:  # noqa: BLE001 - the work is worth more than the news of it
            log.warning("how far it is could not be shown", why=str(error))
