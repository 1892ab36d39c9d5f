"""`/faq import` and `/faq export`: a server's entries in and out as a file.

Not here: what is done about a file that was read (`import_buttons`).
"""

import asyncio
from functools import partial

import aiohttp
import discord

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.import_buttons import offered
from bot.front.import_plan import plan_of, unreadable
from bot.front.import_steps import Steps, steps_of
from bot.front.import_views import Message, export_message, faults_message
from bot.front.layout import ANSWER, notice
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, reply
from bot.front.text import quoted
from bot.knowledge.exchange.reading import read_entries
from bot.knowledge.exchange.writing import write_entries
from bot.store.snapshots import Snapshot, without_repeats

#: Largest file in bytes; Discord lets anybody send as much (discord-api-docs, reference.mdx, "Uploading Files").
FILE_LIMIT = 10 * 1024 * 1024
_NO_ENTRIES = (
    "This server has no entries of its own yet: its members are answered from the guide. `/faq add` makes the first "
    "one, and `/faq import` brings in a file."
)


async def import_file(interaction: Interaction, file: discord.Attachment, keep: bool) -> None:
    """Shows a moderator what a file would change, or what is wrong with it; imports nothing yet.

    `keep`: entries that the file lacks would stay.
    """
    server = await require_moderator(interaction)
    if file.size > FILE_LIMIT:
        raise WaymarkError(
            f"The file has {file.size:,} bytes, and {FILE_LIMIT:,} is the most. Nothing was changed; split it up and "
            "import the parts one by one with `keep`."
        )
    async with steps_of(interaction) as steps:
        message = await _read(interaction, server, file, steps, keep=keep)
    await reply(interaction, message.view, private=True, files=message.files)


async def export_entries(interaction: Interaction) -> None:
    """Gives a moderator a file of all entries of the server's own."""
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        standing = Snapshot.of(await interaction.client.store.entries.all(server))
        message = await asyncio.to_thread(_exported, standing, interaction.filesize_limit)
    await reply(interaction, message.view, private=True, files=message.files)


def _exported(standing: Snapshot, limit: int) -> Message:
    if not standing.drafts:
        return Message(notice(_NO_ENTRIES, ANSWER))
    # Once is enough, and an import wants each wording once.
    entries = [without_repeats(draft).entry(entry_id) for entry_id, draft in standing.drafts.items()]
    content = write_entries(entries).encode()
    if len(content) > limit:
        raise WaymarkError(
            f"The file would have {len(content):,} bytes, and Discord takes {limit:,} here. All entries are safe; "
            "whoever runs me can write the file with `waymark export`."
        )
    return export_message(content, len(entries), unreadable(entries))


async def _read(
    interaction: Interaction, server: int, file: discord.Attachment, steps: Steps, *, keep: bool
) -> Message:
    client, name = interaction.client, file.filename
    steps.begin(f"Reading {quoted(name)} …")
    content = await _fetched(file)
    read = await asyncio.to_thread(read_entries, name, content, steps.reached)
    steps.begin("Comparing it with the entries that are here …")
    standing = Snapshot.of(await client.store.entries.all(server))
    guide = client.coaches.base.knowledge
    plan = await asyncio.to_thread(partial(plan_of, read, standing, guide, keep=keep))
    if plan.faults:
        return faults_message(name, plan.faults)
    if plan.difference.is_empty:
        told = f"All entries of {quoted(name)} stand here word for word already, so there is nothing to import."
        return Message(notice(told, ANSWER))
    found = await client.store.imports.keep(server, f"Import of {name}", plan.file, interaction.user.id, keep=keep)
    return await offered(client, found, standing, plan.difference, steps, notes=plan.notes)


async def _fetched(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError, OSError):
        raise WaymarkError("Discord did not hand me the file. Nothing was changed; send it again.") from None
