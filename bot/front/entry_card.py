"""An entry as members see it: title, text, source and date, and buttons that open what is related."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.errors import WaymarkError
from bot.front.client import Interaction
from bot.front.items import Button, Persistent
from bot.front.layout import ANSWER, Block, Item, heading, label, layout, small
from bot.knowledge.knowledge import Knowledge, key_of
from bot.knowledge.models import Entry
from bot.matching.coach import Coach

#: Related entries under an answer; more would push the answer off a phone's screen.
RELATED = 3
#: A key of an entry, with or without leads, in a button's id.
KEY = r"[0-9a-f]{8}(?:-[a-t]{1,20})?"


def entry_blocks(knowledge: Knowledge, entry: Entry) -> list[Block]:
    """Title, text and source line of an entry, each a block of a layout."""
    text = knowledge.text_of(entry, discord.utils.utcnow().date())
    source = knowledge.source_line(entry)
    return [f"{heading(entry.question)}\n{text}", small(f"Source: {source}") if source else ""]


def entry_card(coach: Coach, entry: Entry, *, quote: str = "", more: Sequence[Item] = ()) -> ui.LayoutView:
    """The card of one entry; `quote` stands above it, the buttons `more` below those of the related entries."""
    related = coach.knowledge.related_to(entry)[:RELATED]
    buttons = [EntryButton(key_of(other.id), other.question) for other in related]
    return layout(ANSWER, quote, *entry_blocks(coach.knowledge, entry), *buttons, list(more))


def known_entry(coach: Coach, key: str) -> Entry:
    """The entry of a key; raises `WaymarkError` when it has left the guide since the button was made."""
    entry = coach.knowledge.entry_by_key(key)
    if entry is None:
        raise WaymarkError(
            "That entry is no longer in the guide. Ask again with `/ask`, or look around with `/browse`."
        )
    return entry


class EntryButton(Persistent[Button], template=rf"wm:entry:(?P<key>{KEY})"):
    """Opens an entry for whoever presses it, privately."""

    def __init__(self, key: str, text: str = "") -> None:
        self.key = key
        super().__init__(Button(custom_id=f"wm:entry:{key}", label=label(text) or None))

    async def used(self, interaction: Interaction) -> None:
        """Shows the entry."""
        coach = await interaction.client.coach_of(interaction)
        await interaction.response.send_message(view=entry_card(coach, known_entry(coach, self.key)), ephemeral=True)
