"""Questions without a command: messages that mention the bot, and direct messages to it."""

import re

import discord
from discord.ext import commands

from bot.front.client import WaymarkBot
from bot.front.cooldown import CoolingDownError
from bot.front.errors import answer_message
from bot.front.layout import Shown, notice
from bot.front.verdicts import Beside, social_view, verdict_shown


class Conversation(commands.Cog):
    """Answers messages that are meant for the bot, in reply to them."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a member's message; other bots, system messages and messages to others are left alone."""
        if message.author.bot or message.is_system() or not self._is_meant(message):
            return
        try:
            self._bot.cooldown.check(message.author, message.created_at)
            shown = await self._shown(message)
            await message.reply(view=shown.view, files=shown.files(), mention_author=False)
        except CoolingDownError as error:
            if self._bot.cooldown.may_tell(message.author, message.created_at):
                await self._tell(message, str(error))
        except Exception as error:  # noqa: BLE001 - the funnel takes all there is
            await answer_message(message, error)

    def _is_meant(self, message: discord.Message) -> bool:
        return message.guild is None or self._bot.user in message.mentions

    async def _shown(self, message: discord.Message) -> Shown:
        question = re.sub(rf"<@!?{self._bot.user.id if self._bot.user else 0}>", " ", message.content).strip()
        if not question:
            return Shown(social_view(await self._bot.coaches.of(message.guild.id if message.guild else None)))
        member = message.author.id
        asked = await self._bot.ask(
            question,
            server=message.guild.id if message.guild else None, channel=message.channel.id, member=member,
            at=message.created_at,
        )  # fmt: skip
        allowed = message.guild is None or message.channel.permissions_for(message.guild.me).attach_files
        return await verdict_shown(self._bot, asked, member, beside=Beside(may_attach=allowed))

    @staticmethod
    async def _tell(message: discord.Message, text: str) -> None:
        try:
            await message.reply(view=notice(text), mention_author=False)
        except discord.HTTPException as error:
            await answer_message(message, error)
