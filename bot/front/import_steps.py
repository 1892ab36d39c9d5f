"""The steps of an import, told in its private message while they last: which one it is, and how much of it is done."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import discord
from discord import ui

from bot.front.client import Interaction
from bot.front.faq_progress import Progress
from bot.front.layout import MISS, OFFER, Item, layout, small
from bot.front.reply import in_time

#: Seconds between two looks whether there is something to tell.
LOOK_SECONDS = 0.5

#: Makes the buttons that stay below while a step lasts, so that they are there still when the bot is ended meanwhile.
Buttons = Callable[[], Sequence[Item]]


class Steps:
    """Which step it is; may be told from any thread."""

    def __init__(self, buttons: Buttons = tuple) -> None:
        self._buttons = buttons
        self._now = ("", 0, 0)
        self._shown: tuple[str, int, int] | None = None

    def begin(self, text: str, buttons: Buttons | None = None) -> None:
        """Begins a step, from which on other buttons stay below if some are given."""
        self._now = (text, 0, 0)
        self._buttons = buttons or self._buttons

    def reached(self, done: int, total: int) -> None:
        """Tells how much of the step is done, of how much."""
        text, *_ = self._now
        self._now = (text, done, total)

    @property
    def was_shown(self) -> bool:
        """Whether any step was shown."""
        return self._shown is not None

    def view(self, *_: int) -> ui.LayoutView:
        """The message while the step lasts, as it stands now: what was told to be shown may be older."""
        self._shown = text, done, total = self._now
        part = f" {done * 100 // total}%" if total else ""
        return layout(OFFER, f"{text}{part}", small("Members are answered as before meanwhile."), [*self._buttons()])

    def stopped(self) -> ui.LayoutView:
        """The message when a step failed; the reason is told in another one."""
        text, *_ = self._now
        return layout(MISS, f"{text} I had to stop here.", [*self._buttons()])

    async def tell(self, progress: Progress) -> None:
        """Looks now and then, as a step may last long without a word; never ends by itself."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            text, done, total = self._now
            if text and self._shown != self._now:
                progress(done, total)


@asynccontextmanager
async def steps_of(interaction: Interaction, buttons: Buttons | None = None) -> AsyncIterator[Steps]:
    """While this lasts, the steps are told privately; answer after it with `reply`, or with `replace` if in place.

    With `buttons` they are told in the message that the pressed button is on. Short work shows nothing.
    """
    steps = Steps(buttons or tuple)
    progress = Progress(interaction, steps.view)
    async with in_time(interaction, private=True, in_place=buttons is not None):
        telling = asyncio.create_task(steps.tell(progress), name="steps")
        try:
            yield steps
        except Exception:
            await progress.end()
            if steps.was_shown:
                with suppress(discord.HTTPException):
                    await interaction.edit_original_response(view=steps.stopped(), attachments=[])
            raise
        finally:
            telling.cancel()
            await progress.end()
