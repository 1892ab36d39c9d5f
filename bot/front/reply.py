"""Answers to interactions, in time: Discord waits three seconds for a first sign, and a making of coaches may last."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import discord
from discord import ui

from bot.front.layout import notice

#: After so many seconds the member is told that the bot is thinking; Discord gives up after three.
ACKNOWLEDGE_SECONDS = 1.2

_THINKING = discord.InteractionResponseType.deferred_channel_message


@asynccontextmanager
async def in_time(
    interaction: discord.Interaction, *, private: bool = False, in_place: bool = False
) -> AsyncIterator[None]:
    """While this lasts, Discord is told in time that an answer comes; answer after it, with `reply` or `replace`.

    `private`: only the member will see the answer. `in_place`: the answer will replace the message that the button is
    on.
    """
    sending = asyncio.Event()

    async def acknowledge() -> None:
        await asyncio.sleep(ACKNOWLEDGE_SECONDS)
        sending.set()
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=private, thinking=not in_place)
            interaction.extras["private"] = private

    task = asyncio.create_task(acknowledge(), name="acknowledge")
    try:
        yield
    finally:
        if not sending.is_set():
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def reply(
    interaction: discord.Interaction, view: ui.LayoutView, *, private: bool = False, files: Sequence[discord.File] = ()
) -> None:
    """Answers with a message: as the first answer, in the place of "thinking", or as a further one."""
    if not interaction.response.is_done():
        await interaction.response.send_message(view=view, ephemeral=private, files=list(files))
    elif not _is_thinking(interaction):
        await interaction.followup.send(view=view, ephemeral=private, files=list(files))
    elif private and not interaction.extras.get("private"):
        # What takes the place of "thinking" is seen by all who saw that; what comes after it need not be.
        await interaction.edit_original_response(view=notice("The answer is a private one."))
        await interaction.followup.send(view=view, ephemeral=True, files=list(files))
        await interaction.delete_original_response()
    else:
        await interaction.edit_original_response(view=view, attachments=list(files))
    interaction.extras["answered"] = True


async def replace(interaction: discord.Interaction, view: ui.LayoutView, *, files: Sequence[discord.File] = ()) -> None:
    """Puts the view in the place of the message that the button or menu is on; files that were there go."""
    if not interaction.response.is_done():
        await interaction.response.edit_message(view=view, attachments=list(files))
    else:
        await interaction.edit_original_response(view=view, attachments=list(files))


def _is_thinking(interaction: discord.Interaction) -> bool:
    """Whether the member still sees that the bot is thinking."""
    return interaction.response.type is _THINKING and not interaction.extras.get("answered")
