"""`/faq`: the moderators' commands for what the coach knows. Each only leads to the module that does it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_entries import entry_choices
from bot.front.faq_exchange import export_entries, import_file
from bot.front.faq_form import open_edit, open_new
from bot.front.faq_history import show_history
from bot.front.faq_inbox import show_inbox
from bot.front.faq_list import show_list
from bot.front.faq_remove import remove_entry
from bot.front.faq_restore import restore_entry
from bot.front.faq_show import show_entry
from bot.front.faq_try import try_question
from bot.front.layout import CHOICE_LIMIT, OPTIONS_LIMIT
from bot.front.permissions import require_moderator
from bot.front.text import shorten
from bot.store.drafts import REASON_LIMIT

#: Most characters of an entry's name, of what a list is filtered by, and of a question to try.
NAME_LIMIT, FILTER_LIMIT, QUESTION_LIMIT = 300, 100, 1_000

Choices = list[app_commands.Choice[str]]
Name = app_commands.Range[str, 1, NAME_LIMIT]


# Not `guild_only`: discord.py 2.7.1 adds to that where the bot's other commands work, and so direct messages.
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.default_permissions(manage_messages=True)
class Faq(commands.GroupCog, group_name="faq", group_description="Look after what the coach knows."):
    """The command group of `/faq`."""

    def __init__(self, bot: WaymarkBot) -> None:
        self._bot = bot

    @app_commands.command()
    async def add(self, interaction: Interaction) -> None:
        """Add a question and its answer, with a preview before members see it."""
        await open_new(interaction)

    @app_commands.command()
    @app_commands.describe(entry="Its question or id")
    async def edit(self, interaction: Interaction, entry: Name) -> None:
        """Edit an entry, also one of the guide, with a preview before members see it."""
        await open_edit(interaction, entry)

    @app_commands.command()
    @app_commands.describe(entry="Its question or id", reason="Why, for the history")
    async def remove(
        self, interaction: Interaction, entry: Name, reason: app_commands.Range[str, 1, REASON_LIMIT] | None = None
    ) -> None:
        """Take an entry out; for 30 days it can be brought back."""
        await remove_entry(interaction, entry, reason)

    @app_commands.command()
    @app_commands.describe(entry="Its question or id")
    async def show(self, interaction: Interaction, entry: Name) -> None:
        """See an entry with its phrasings, and what can be done with it."""
        await show_entry(interaction, entry)

    @app_commands.command(name="list")
    @app_commands.describe(contains="Only entries with these words")
    async def list_(
        self, interaction: Interaction, contains: app_commands.Range[str, 1, FILTER_LIMIT] | None = None
    ) -> None:
        """See which entries there are."""
        await show_list(interaction, contains or "")

    @app_commands.command()
    @app_commands.describe(entry="Its question or id; without one, all that was done of late")
    async def history(self, interaction: Interaction, entry: Name | None = None) -> None:
        """See who changed what when, and bring an earlier text back."""
        await show_history(interaction, entry)

    @app_commands.command()
    @app_commands.describe(entry="Its question or id", version="Which version; without one, the last before this")
    async def restore(
        self, interaction: Interaction, entry: Name, version: app_commands.Range[int, 1, 1_000_000] | None = None
    ) -> None:
        """Bring back an entry that was removed, or an earlier version of one."""
        await restore_entry(interaction, entry, version)

    @app_commands.command(name="try")
    @app_commands.describe(question="A question as a member would ask it")
    async def try_(self, interaction: Interaction, question: app_commands.Range[str, 1, QUESTION_LIMIT]) -> None:
        """See what members would be answered, and why."""
        await try_question(interaction, question)

    @app_commands.command()
    async def inbox(self, interaction: Interaction) -> None:
        """See what members asked in vain, and give it an answer."""
        await show_inbox(interaction)

    @app_commands.command(name="import")
    @app_commands.describe(
        file="YAML, Markdown, CSV, or the JSON of another bot", keep="Keep the entries that the file does not have"
    )
    async def import_(self, interaction: Interaction, file: discord.Attachment, keep: bool = False) -> None:
        """Bring in a file of entries; first you see what would change."""
        await import_file(interaction, file, keep)

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Get all entries of this server as a file."""
        await export_entries(interaction)

    @edit.autocomplete("entry")
    @remove.autocomplete("entry")
    @show.autocomplete("entry")
    @history.autocomplete("entry")
    async def _offer(self, interaction: Interaction, typed: str) -> Choices:
        return await self._known(interaction, typed)

    @restore.autocomplete("entry")
    async def _offer_removed(self, interaction: Interaction, typed: str) -> Choices:
        return [*await self._removed(interaction, typed), *await self._known(interaction, typed)][:OPTIONS_LIMIT]

    async def _known(self, interaction: Interaction, typed: str) -> Choices:
        return entry_choices(await self._bot.coach_of(interaction), typed)

    async def _removed(self, interaction: Interaction, typed: str) -> Choices:
        """What lies in the server's bin and has what was typed in its question or id, for moderators."""
        try:
            server = await require_moderator(interaction)
            binned = await self._bot.store.entries.bin(server, self._bot.store.clock())
        except WaymarkError:
            return []
        wanted = " ".join(typed.split()).casefold()
        entries = [one.entry for one in binned]
        return [
            app_commands.Choice(name=shorten(f"Removed: {entry.draft.question}", CHOICE_LIMIT), value=entry.id)
            for entry in entries
            if wanted in entry.draft.question.casefold() or wanted in entry.id
        ]
