"""`/browse`: a look around the guide by theme, for the member alone."""

from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.themes import themes_view


class Browse(commands.Cog):
    """The command group of `/browse`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def browse(self, interaction: Interaction) -> None:
        """Look around the guide by theme."""
        await interaction.response.send_message(view=themes_view(await self._bot.coach_of(interaction)), ephemeral=True)
