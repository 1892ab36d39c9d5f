"""`Add to FAQ` in the menu of a message: the form of a new entry with that message as the answer, and with what it
replied to as the question.
"""

import asyncio
import re
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_form import Beginning, open_new
from bot.front.text import shorten
from bot.knowledge.models import ANSWER_LIMIT, QUESTION_LIMIT
from bot.store.drafts import Draft

#: Discord waits three seconds for a form; so long the message that was replied to may take to come.
PATIENCE = 1.5
#: Stands below the empty question then.
UNREADABLE = "Discord does not let me read what it replied to"
#: Mentions of members, with the comma and the space that join them to the rest: an entry names nobody, and outlives
#: them.
_MENTION = re.compile(r"(?:,?[ \t]*<@!?[0-9]+>)+(?=[ \t]*[.,;:!?)])|<@!?[0-9]+>[ \t]*")


class AddToFaq(commands.Cog):
    """The menu of a message."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Add to FAQ", callback=self._open)

    async def cog_load(self) -> None:
        """Adds the menu, which discord.py does not find in a cog by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Takes it out again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    # Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_messages=True)
    async def _open(self, interaction: Interaction, message: discord.Message) -> None:
        question = await _question(message)
        draft = Draft(shorten(question or "", QUESTION_LIMIT), shorten(_text(message.content), ANSWER_LIMIT))
        await open_new(interaction, Beginning(draft, hint=UNREADABLE) if question == "" else Beginning(draft))


async def _question(message: discord.Message) -> str | None:
    """On one line what the message replied to, None when it was no reply, empty when that cannot be read (in time).

    Without the privileged intent the menu tells the text of its own message alone. Whether another one can be fetched
    depends on what the operator allowed in Discord's portal.
    """
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply or reference.message_id is None:
        return None
    text = reference.resolved.content if isinstance(reference.resolved, discord.Message) else ""
    if not text:
        with suppress(TimeoutError, discord.HTTPException):
            async with asyncio.timeout(PATIENCE):
                text = (await message.channel.fetch_message(reference.message_id)).content
    return " ".join(_text(text).split())


def _text(content: str) -> str:
    return _MENTION.sub("", content).lstrip(", ").strip()
