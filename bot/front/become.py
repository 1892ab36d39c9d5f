"""`/become`: a member's path to a career, from where they stand; the form at first, later the step they are at."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.become_form import open_form
from bot.front.client import Interaction, WaymarkBot
from bot.front.items import Button, Persistent, Select
from bot.front.layout import ANSWER, CHOICE_LIMIT, MISS, OPTIONS_LIMIT, Shown, heading, layout
from bot.front.member_path import GUIDE, UnreadablePathError, find, guide_of, guides_with_path, soon
from bot.front.path_reply import show
from bot.front.reply import in_time, reply
from bot.front.step_card import card_view
from bot.front.text import shorten
from bot.knowledge.knowledge import key_of
from bot.knowledge.models import GuideFile


class Become(commands.Cog):
    """The command group of `/become`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def become(self, interaction: Interaction) -> None:
        """Your own path to the career, step by step, kept until you come back."""
        guides = guides_with_path(self._bot.coaches.base.knowledge)
        if not guides:
            raise WaymarkError("There is no path here yet that I could lead you along. `/browse` shows what I know.")
        if len(guides) == 1:
            await open_path(interaction, guides[0].guide)
            return
        async with in_time(interaction, private=True):
            begun = {path.guide for path in await self._bot.store.member_paths.of(interaction.user.id)}
        text = f"{heading('Which path?')}\nEach is kept by itself, so you can walk several."
        await reply(interaction, layout(ANSWER, text, PathMenu(guides, begun)), private=True)


async def open_path(interaction: Interaction, guide: str) -> None:
    """Opens the step that the member is at on the path of a guide, or the form for who has not begun it."""
    try:
        path = await soon(find(interaction.client, interaction.user.id, guide))
    except UnreadablePathError as error:
        await show(interaction, _at_once(Shown(layout(MISS, str(error), BeginAnewButton(key_of(guide))))))
        return
    if path is None:
        await open_form(interaction, guide)
    else:
        await show(interaction, _at_once(Shown(card_view(path))))


async def _at_once(shown: Shown) -> Shown:
    return shown


class PathMenu(Persistent[Select], template=r"wm:paths"):
    """Opens one of several paths."""

    def __init__(self, guides: Sequence[GuideFile] = (), begun: set[str] | None = None) -> None:
        options = [
            discord.SelectOption(
                label=shorten(guide.title, CHOICE_LIMIT),
                value=key_of(guide.guide),
                description="You are on the way" if guide.guide in (begun or ()) else "Not begun yet",
            )
            for guide in guides[:OPTIONS_LIMIT]
        ]
        super().__init__(Select(custom_id="wm:paths", placeholder="Pick a path", options=options))

    async def used(self, interaction: Interaction) -> None:
        """Opens it."""
        await open_path(interaction, guide_of(interaction.client, self.item.values[0]))


class BeginAnewButton(Persistent[Button], template=rf"wm:begin-anew:{GUIDE}"):
    """Opens the empty form, for whoever has a path that cannot be read any more."""

    def __init__(self, guide: str) -> None:
        self.guide = guide
        super().__init__(Button(custom_id=f"wm:begin-anew:{guide}", label="Begin anew"))

    async def used(self, interaction: Interaction) -> None:
        """Opens it; only the form takes the place of what was kept."""
        await open_form(interaction, guide_of(interaction.client, self.guide))
