"""`/faq remove`: asks once, with what becomes of members' questions, then puts the entry into the bin."""

from functools import partial

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction, WaymarkBot
from bot.front.faq_changes import changes_text
from bot.front.faq_restore import not_living_view, removed_view
from bot.front.faq_standing import ID, Standing, done_by, named_standing, standing
from bot.front.items import Button, Persistent
from bot.front.layout import OFFER, heading, layout, notice, small
from bot.front.permissions import require_moderator
from bot.front.reply import in_time, replace, reply
from bot.front.text import quoted
from bot.matching.consequences import consequences
from bot.matching.effects import Consequences
from bot.store.drafts import REASON_LIMIT
from bot.store.pending import Pending
from bot.store.values import BIN_DAYS, MissingEntryError

#: The key of what waits for its confirmation, in a custom id.
KEY = r"[0-9a-f]{1,20}"
#: Most characters of the answer that is asked about.
ANSWER_SHOWN = 300


async def remove_entry(interaction: Interaction, name: str, reason: str | None) -> None:
    """Asks whether the entry shall go, and tells what becomes of members' questions then; nothing is changed yet.

    Raises `WaymarkError` for an entry that is the guide's alone.
    """
    server = await require_moderator(interaction)
    async with in_time(interaction, private=True):
        found = await named_standing(interaction.client, server, name)
        view = await _question_view(interaction, server, found, reason)
    await reply(interaction, view, private=True)


class AskRemoveButton(Persistent[Button], template=rf"wm:faq-ask-remove:(?P<entry_id>{ID})"):
    """Asks whether an entry shall go, as `/faq remove` does."""

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id
        super().__init__(Button(custom_id=f"wm:faq-ask-remove:{entry_id}", label="Remove"))

    async def used(self, interaction: Interaction) -> None:
        """Asks privately."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True):
            found = await standing(interaction.client, server, self.entry_id)
            view = await _question_view(interaction, server, found, None)
        await reply(interaction, view, private=True)


class RemoveButton(Persistent[Button], template=rf"wm:faq-remove:(?P<key>{KEY})"):
    """Puts the entry into the bin that was asked about; entry, version and reason wait in the store under the key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-remove:{key}", label="Remove"))

    async def used(self, interaction: Interaction) -> None:
        """Removes it and tells what stands, or asks anew when it was changed meanwhile."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            view = await _removing(interaction, server, self.key)
        await replace(interaction, view)


class KeepButton(Persistent[Button], template=rf"wm:faq-keep:(?P<key>{KEY})"):
    """Leaves the entry where it is."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:faq-keep:{key}", label="Cancel"))

    async def used(self, interaction: Interaction) -> None:
        """Says that nothing was changed."""
        server = await require_moderator(interaction)
        async with in_time(interaction, private=True, in_place=True):
            asked = await _asked(interaction.client, server, self.key)
            await interaction.client.store.pending.cancel(asked.key)
        await replace(interaction, notice(f"Nothing was changed; `{asked.entry_id}` stays."))


async def _question_view(
    interaction: Interaction, server: int, found: Standing, reason: str | None, said: str = ""
) -> ui.LayoutView:
    """The question whether the entry shall go, with `said` above it."""
    stored = found.living
    if stored is None:
        return not_living_view(found)
    effects = await _consequences(interaction.client, server, found.id)
    asked = await interaction.client.store.pending.keep(
        server, stored.draft, interaction.user.id,
        entry_id=found.id, expected_version=stored.version, reason=reason, as_typed=True,
    )  # fmt: skip
    title, after = "Remove this entry?", "It then"
    if found.guide is not None:
        title, after = "Take back this edit of the guide's entry?", "Members then get the guide's own again; the edit"
    answer = quoted(discord.utils.remove_markdown(stored.draft.answer), ANSWER_SHOWN)
    why = f"\nReason: {quoted(asked.reason, REASON_LIMIT)}" if asked.reason else ""
    return layout(
        OFFER,
        said,
        f"{heading(title)}\n**{quoted(stored.draft.question, 200)}**\n{answer}",
        changes_text(effects),
        small(f"{after} lies in the bin for {BIN_DAYS} days, from where one button brings it back."),
        small(f"`{found.id}` · version {stored.version} · {done_by(stored.current)}{why}"),
        [RemoveButton(asked.key), KeepButton(asked.key)],
    )


async def _consequences(client: WaymarkBot, server: int, entry_id: str) -> Consequences:
    """What becomes of members' questions when the entry goes; takes up to ten seconds."""
    before, after = await client.coaches.of(server), await client.coaches.trial(server, (), removed=[entry_id])
    recent = await client.store.questions.recent(server)
    return await client.coaches.work(partial(consequences, before, after, [entry_id], recent))


async def _asked(client: WaymarkBot, server: int, key: str) -> Pending:
    """What was asked about; raises `WaymarkError` when that is over."""
    try:
        asked = await client.store.pending.get(key)
    except MissingEntryError:
        asked = None
    if asked is None or asked.server != server:
        raise WaymarkError(
            "This was done or cancelled already, or waited longer than a day. `/faq list` shows what is there and what "
            "is in the bin; `/faq remove` asks anew."
        )
    return asked


async def _removing(interaction: Interaction, server: int, key: str) -> ui.LayoutView:
    client = interaction.client
    asked = await _asked(client, server, key)
    found = await standing(client, server, asked.entry_id or "")
    if found.living is not None and found.living.version != asked.expected_version:
        said = f"It was changed while you looked ({done_by(found.living.current)}), so I ask once more."
        view = await _question_view(interaction, server, found, asked.reason, said)
    else:
        view = await removed_view(interaction, server, found, asked.reason)
    await client.store.pending.cancel(key)
    return view
