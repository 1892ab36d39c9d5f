"""`/help`: what the coach does, and the commands that the member may use here."""

from collections.abc import Iterable

import discord
from discord import app_commands
from discord.app_commands import AppCommand
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.layout import ANSWER, heading, layout, lines
from bot.matching.coach import Coach

#: What the commands in menus are for: Discord shows no description of them.
_MENUS = {
    "Add to FAQ": "make a new entry from a message",
    "Answer this": "answer somebody's message from the guide, for mentors",
    "See their path": "see the path of somebody who lets you",
}


class Help(commands.Cog):
    """The command group of `/help`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """See what the coach can do and which commands you may use."""
        usable = [command for command in self._bot.synced if may_use(command, interaction)]
        looking_after = _lines(command for command in usable if _is_for_some(command))
        coach = await self._bot.coach_of(interaction)
        view = layout(
            ANSWER,
            _about(coach),
            "\n".join(_lines(command for command in usable if not _is_for_some(command))),
            lines("**For moderators and admins**", *looking_after) if looking_after else "",
            _other_ways(self._bot.user),
        )
        await interaction.response.send_message(view=view, ephemeral=True)


def may_use(command: AppCommand, interaction: Interaction) -> bool:
    """Whether Discord shows the command to the member here by default; a server's own overrides are not asked for."""
    if interaction.guild_id is None:
        # As it was made, not as it was synced: discord.py 2.7.1 reads the contexts that Discord sends off by one.
        tree = interaction.client.tree
        made = tree.get_command(command.name, type=command.type)
        contexts = (made.allowed_contexts if made else None) or tree.allowed_contexts
        return contexts is None or bool(contexts.dm_channel)
    wanted = command.default_member_permissions
    return wanted is None or interaction.permissions.administrator or interaction.permissions >= wanted


def _is_for_some(command: AppCommand) -> bool:
    """Whether Discord hides the command from members by default."""
    return command.default_member_permissions is not None


def _about(coach: Coach) -> str:
    titles = ", ".join(guide.title for guide in coach.knowledge.guides) or "your community's questions"
    return (
        f"{heading('What I can do')}\nI answer questions about this career: **{titles}**. Every answer comes from a "
        "guide that people keep, with its source; when I do not know, I say so."
    )


def _lines(usable: Iterable[AppCommand]) -> list[str]:
    told: list[str] = []
    for command in usable:
        if command.type is not discord.AppCommandType.chat_input:
            of = "message" if command.type is discord.AppCommandType.message else "member"
            what = f"{_MENUS[command.name]}; " if command.name in _MENUS else ""
            told.append(f"**{command.name}** - {what}in the menu of a {of}, under Apps")
            continue
        inner = [option for option in command.options if isinstance(option, app_commands.AppCommandGroup)]
        told.extend(f"{one.mention} - {one.description}" for one in (inner or (command,)))
    return told


def _other_ways(user: discord.ClientUser | None) -> str:
    return f"You can also mention {user.mention} with your question, or write me a direct message." if user else ""
