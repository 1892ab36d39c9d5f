"""`/readiness`: how ready a member is to apply, part by part, and what would move it most."""

from discord import app_commands
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.carried import checked_guides
from bot.front.checks import first_page
from bot.front.client import Interaction, WaymarkBot
from bot.front.path_reply import show


class Readiness(commands.Cog):
    """The command group of `/readiness`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def readiness(self, interaction: Interaction) -> None:
        """See how ready you are to apply, part by part."""
        guides = checked_guides(self._bot.coaches.base.knowledge)
        if not guides:
            raise WaymarkError("There are no skills here yet that I could ask for. `/browse` shows what I know.")
        await show(interaction, first_page(self._bot, interaction.user.id, "readiness", guides))
