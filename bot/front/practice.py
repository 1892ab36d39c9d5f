"""`/practice`: interview questions one at a time, and papers written from short forms."""

from discord import app_commands
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.path_reply import show
from bot.front.practice_card import first_page
from bot.front.practice_state import practising_guides


class Practice(commands.Cog):
    """The command group of `/practice`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def practice(self, interaction: Interaction) -> None:
        """Practice interview questions, and write a resume, a cover letter or a job description."""
        guides = practising_guides(self._bot.coaches.base.knowledge)
        if not guides:
            raise WaymarkError("There is nothing to practice here yet. `/browse` shows what I know.")
        await show(interaction, first_page(self._bot, interaction.user.id, guides))
