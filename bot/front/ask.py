"""`/ask`: a question to the coach, with the guide's own questions offered while one types."""

from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.drawing import may_attach
from bot.front.entry_card import entry_shown
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT, Shown
from bot.front.pay_ladder import warm_up
from bot.front.reply import in_time, reply
from bot.front.text import shorten
from bot.front.verdicts import Beside, verdict_shown
from bot.knowledge.models import Entry
from bot.matching.coach import Coach

#: Most characters of a question; Discord would allow 6,000, but a message has room for less.
QUESTION_LIMIT = 1_000


class Ask(commands.Cog):
    """The command group of `/ask`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    @app_commands.describe(question="Your question in your own words, or one from the list")
    async def ask(self, interaction: Interaction, question: app_commands.Range[str, 1, QUESTION_LIMIT]) -> None:
        """Ask the coach a question about the career."""
        async with in_time(interaction):
            coach = await self._bot.coach_of(interaction)
            picked = _picked(coach, question)
            if picked is not None:
                shown = await entry_shown(interaction, coach, picked)
            else:
                shown = await self._answer(interaction, question)
        await reply(interaction, shown.view, files=shown.files())

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Draws what answers come with before anybody asks for it."""
        await warm_up(self._bot)

    async def _answer(self, interaction: Interaction, question: str) -> Shown:
        asker = interaction.user.id
        asked = await self._bot.ask(
            question,
            server=interaction.guild_id, channel=interaction.channel_id or 0, member=asker, at=interaction.created_at,
        )  # fmt: skip
        return await verdict_shown(self._bot, asked, asker, question, Beside(may_attach=may_attach(interaction)))

    @ask.autocomplete("question")
    async def _offer(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        coach = await self._bot.coach_of(interaction)
        questions = [entry.question for entry in coach.complete(typed, OPTIONS_LIMIT)]
        names = dict.fromkeys(shorten(question, CHOICE_LIMIT) for question in questions)
        return [app_commands.Choice(name=name, value=name) for name in names]


def _picked(coach: Coach, question: str) -> Entry | None:
    """The entry that was picked from the list under a shortened question; whole ones the coach knows exactly."""
    if len(question) > CHOICE_LIMIT or not question.endswith("…"):
        return None
    return next((entry for entry in coach.knowledge.entries if shorten(entry.question, CHOICE_LIMIT) == question), None)
