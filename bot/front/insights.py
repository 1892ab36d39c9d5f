"""`/insights`: what was asked in the server, what came of it, and what is missing. Counts only, nobody is named."""

from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.insights_view import with_menu
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.store.insights import Span


class Insights(commands.Cog):
    """The command group of `/insights`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    @app_commands.describe(period="How far to look back; a week if you leave it out")
    async def insights(self, interaction: Interaction, period: Span = "week") -> None:
        """See what members ask, what helped, and what is missing."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            shown = await with_menu(interaction, server, period)
        await reply(interaction, shown.view, private=True, files=shown.files())
