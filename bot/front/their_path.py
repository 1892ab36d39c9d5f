"""`See their path` in the menu of a member: the path of somebody who let the one who asks see it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.drawing import may_attach
from bot.front.items import Button
from bot.front.layout import ANSWER, Shown, heading, label, layout, notice, small
from bot.front.member_path import GUIDE, MemberPath, guide_of, guides_with_path
from bot.front.path_glance import glance
from bot.front.path_reply import OnPath, show
from bot.front.path_viewers import SEE_THEIR_PATH
from bot.front.shared_path import FOR_MENTORS, path_blocks, shared_picture

#: Most paths of a member that are offered.
_OFFERED = 5
#: The same whether there is no path, or none for these eyes.
REFUSAL = (
    "I have no path of theirs to show you. Members let a mentor see theirs by themselves, if they have one: in "
    "`/become`, *Overview*, *Let a mentor see my path*. You could ask them."
)


class TheirPath(commands.Cog):
    """The menu of a member; everybody has it, as members let in whom they want."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name=SEE_THEIR_PATH, callback=self._open)

    async def cog_load(self) -> None:
        """Adds the menu, which discord.py does not find in a cog by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Takes it out again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    # Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def _open(self, interaction: Interaction, member: discord.Member | discord.User) -> None:
        await show(interaction, _shown(interaction, member.id))


class TheirPathButton(OnPath[Button], template=rf"wm:their-path:{GUIDE}:(?P<member>[0-9]{{1,20}})"):
    """Shows one of several paths of a member."""

    def __init__(self, guide: str, member: int | str, text: str = "") -> None:
        self.guide, self.member = guide, int(member)
        super().__init__(Button(custom_id=f"wm:their-path:{guide}:{member}", label=label(text) or None))

    async def shown(self, interaction: Interaction) -> Shown:
        """It, if that is still allowed."""
        path = await _allowed(interaction, self.member, guide_of(interaction.client, self.guide))
        if path is None:
            return Shown(notice(REFUSAL))
        return await _path_shown(interaction, self.member, path)


async def _shown(interaction: Interaction, member: int) -> Shown:
    """The path of the member, or which of theirs; that there is none to show when there is none for these eyes."""
    guides = [guide.guide for guide in guides_with_path(interaction.client.coaches.base.knowledge)]
    paths = [path for guide in guides if (path := await _allowed(interaction, member, guide))]
    if not paths:
        return Shown(notice(REFUSAL))
    if len(paths) == 1:
        return await _path_shown(interaction, member, paths[0])
    buttons = [TheirPathButton(path.key, member, path.plan.title) for path in paths[:_OFFERED]]
    return Shown(layout(ANSWER, f"{heading('Which path?')}\n<@{member}> walks several.", buttons))


async def _allowed(interaction: Interaction, member: int, guide: str) -> MemberPath | None:
    """The path, None when there is none and when whoever asks may not see it just now."""
    server, viewer = interaction.guild_id, interaction.user
    if server is None or not isinstance(viewer, discord.Member):
        return None
    roles = [role.id for role in viewer.roles if not role.is_default()]
    client = interaction.client
    if not await client.store.path_viewers.may_see(member, guide, server, viewer.id, roles):
        return None
    return await glance(client, member, guide)


async def _path_shown(interaction: Interaction, member: int, path: MemberPath) -> Shown:
    picture = await shared_picture(interaction.client, path, FOR_MENTORS) if may_attach(interaction) else None
    view = layout(
        ANSWER,
        *path_blocks(path, member, FOR_MENTORS),
        picture.block() if picture else "",
        small("They let you see this. Notes are never shown; what you see here is for you alone."),
    )
    return Shown(view, [picture] if picture else [])
