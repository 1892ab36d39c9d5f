"""`/setup`: how the coach is set up in a server, and what is wrong with it.

One command with a choice, as Discord lets no name be a command and a group of commands at once.
"""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.setup_card import show_card
from bot.front.setup_report import show_check


class Setup(commands.Cog):
    """The command group of `/setup`."""

    def __init__(self, _: WaymarkBot) -> None:
        pass

    @app_commands.command()
    @app_commands.describe(what="The settings, or a check that finds what does not work and how to mend it")
    # Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: Interaction, what: Literal["settings", "check"] = "settings") -> None:
        """Set me up in this server, or check what does not work."""
        await (show_check(interaction) if what == "check" else show_card(interaction))
